// Writes what a project needs of the protobuf files into its src/generated: messages, services and
// clients in TypeScript, and the descriptors that reflection serves, as a module so that they are
// part of a bundle. Needs no network.
//
//   node tools/generate-grpc.mjs apps/<app>
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const root = join(import.meta.dirname, '..');
const buf = require.resolve('@bufbuild/buf/bin/buf');
const plugin = join(dirname(require.resolve('ts-proto/package.json')), 'protoc-gen-ts_proto');

/** What the contracts promise, and the protocols that every gRPC server speaks beside. */
const PROTO_FOLDERS = ['libs/contracts/proto', 'apps/inventory-api/proto'];
const PLUGIN_OPTIONS = [
  'outputServices=nice-grpc',
  'outputServices=generic-definitions',
  'outputJsonMethods=false',
  'useExactTypes=false',
  'oneof=unions-value',
  'removeEnumPrefix=true',
  'unrecognizedEnum=false',
  'esModuleInterop=true',
];

function runBuf(...args) {
  execFileSync(process.execPath, [buf, ...args], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

function generateMessages(output) {
  const template = {
    version: 'v2',
    plugins: [
      { local: [process.execPath, plugin], out: output, opt: PLUGIN_OPTIONS, strategy: 'all' },
    ],
  };
  for (const folder of PROTO_FOLDERS) {
    runBuf('generate', '--template', JSON.stringify(template), folder);
  }
}

/** Sets of descriptors, one after the other, are the set of them all. */
async function generateDescriptors(output) {
  const temporary = await mkdtemp(join(tmpdir(), 'descriptors-'));
  try {
    const sets = PROTO_FOLDERS.map((folder, index) => {
      const file = join(temporary, `${index}.binpb`);
      runBuf('build', folder, '--as-file-descriptor-set', '--exclude-source-info', '-o', file);
      return readFileSync(file);
    });
    const text = Buffer.concat(sets).toString('base64');
    await writeFile(
      join(output, 'descriptor-set.ts'),
      `export const DESCRIPTOR_SET: Uint8Array = Buffer.from('${text}', 'base64');\n`,
    );
  } finally {
    await rm(temporary, { recursive: true });
  }
}

const project = process.argv[2];
if (project === undefined) throw new Error('usage: generate-grpc.mjs <project folder>');
const output = join(root, project, 'src', 'generated');
await rm(output, { recursive: true, force: true });
await mkdir(output, { recursive: true });
generateMessages(output);
await generateDescriptors(output);
