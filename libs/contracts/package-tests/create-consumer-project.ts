import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const packageRoot = join(__dirname, '..');
const zodRoot = dirname(require.resolve('zod/package.json'));
const tsc = require.resolve('typescript/bin/tsc');

/** An empty project outside the workspace in which the packed package is installed. */
export interface ConsumerProject {
  write(file: string, content: string): void;
  /** Files of the installed package. */
  read(file: string): string;
  typecheck(...files: string[]): string;
  run(file: string): string;
  remove(): void;
}

/**
 * Packs the package as a release would and installs the tarball, with zod packed from the
 * workspace's copy, so that no registry is needed.
 */
export function createConsumerProject(): ConsumerProject {
  const root = mkdtempSync(join(tmpdir(), 'contracts-consumer-'));
  const tarballs = [pack(stagePackage(root), root), pack(zodRoot, root)];
  const project = join(root, 'project');
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), '{"name":"consumer","version":"1.0.0"}');
  npm(project, 'install', '--offline', '--no-audit', '--no-fund', ...tarballs);
  return {
    write: (file, content) => writeFileSync(join(project, file), content),
    read: (file) => readFileSync(require.resolve(file, { paths: [project] }), 'utf8'),
    typecheck: (...files) => runNode(project, tsc, ...COMPILER_SWITCHES, ...files),
    run: (file) => runNode(project, file),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** Builds beside the sources' own dist folder, which another build may be writing just now. */
function stagePackage(root: string): string {
  const stage = join(root, 'stage');
  const published = ['package.json', 'README.md', 'asyncapi.json', 'fixtures', 'proto', 'schemas'];
  for (const entry of published) {
    cpSync(join(packageRoot, entry), join(stage, entry), { recursive: true });
  }
  runNode(packageRoot, join(packageRoot, 'build.mjs'), join(stage, 'dist'));
  return stage;
}

function pack(folder: string, destination: string): string {
  const output = npm(
    folder,
    'pack',
    '--ignore-scripts',
    '--json',
    '--pack-destination',
    destination,
  );
  const [packed] = JSON.parse(output) as { filename: string }[];
  if (!packed) throw new Error(`${folder} was not packed`);
  return join(destination, packed.filename);
}

/** Library `dom` for TextEncoder, and because zod's declarations name URL; no types of Node. */
const COMPILER_SWITCHES = [
  ...['--module', 'nodenext', '--moduleResolution', 'nodenext', '--target', 'es2022'],
  ...['--lib', 'es2022,dom', '--strict', '--exactOptionalPropertyTypes'],
];

function npm(cwd: string, ...args: string[]): string {
  return execFileSync('npm', args, { cwd, env: outsideEnv(), encoding: 'utf8', stdio: 'pipe' });
}

function runNode(cwd: string, ...args: string[]): string {
  try {
    return execFileSync(process.execPath, args, {
      cwd,
      env: outsideEnv(),
      encoding: 'utf8',
      stdio: 'pipe',
    });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`node ${args.join(' ')} failed\n${stdout}${stderr}`, { cause: error });
  }
}

/** Without what npm and Jest tell their children about this workspace. */
function outsideEnv(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^npm_|^NODE_(OPTIONS|ENV|PATH)$|^JEST_|^INIT_CWD$/i.test(name),
  );
  return Object.fromEntries(kept);
}
