// Plants forbidden imports and expects lint to refuse each one. Works on a copy of the workspace, so
// that nothing of it is left behind and no other lint sees the plants.
const { spawnSync } = require('node:child_process');
const {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} = require('node:fs');
const { tmpdir } = require('node:os');
const { join, resolve, sep } = require('node:path');

const root = resolve(__dirname, '../..');
const COPIED = [
  'apps',
  'libs',
  'tools',
  'package.json',
  'package-lock.json',
  'nx.json',
  'tsconfig.base.json',
  'tsconfig.json',
  'eslint.config.mjs',
  'jest.config.cjs',
  'jest.preset.cjs',
];
const NOT_COPIED = new Set(['node_modules', 'dist', 'out-tsc', 'generated']);

const forbidden = {
  'the domain imports a driver': {
    file: 'libs/domain/src/canary-driver.ts',
    imports: ['Pool', 'pg'],
    refusal: 'is not allowed to import "pg"',
  },
  'the domain imports a contract': {
    file: 'libs/domain/src/canary-contract.ts',
    imports: ['topology', '@inventory-events/contracts'],
    refusal: '"type:domain" cannot depend on',
  },
  'contracts import the data layer': {
    file: 'libs/contracts/src/canary-data.ts',
    imports: ['createPool', '@inventory-events/data-access'],
    refusal: '"type:contracts" cannot depend on',
  },
  'the relay imports the domain': {
    file: 'apps/outbox-relay/src/canary-domain.ts',
    imports: ['decide', '@inventory-events/domain'],
    refusal: '"app:outbox-relay" can not depend on libs tagged with "type:domain"',
  },
  'source imports the testing library': {
    file: 'libs/stock-ledger/src/canary-testing.ts',
    imports: ['waitUntil', '@inventory-events/testing'],
    refusal: 'Only specs import testing',
  },
};
const allowed = {
  'the ledger imports the domain': {
    file: 'libs/stock-ledger/src/canary-domain.ts',
    imports: ['decide', '@inventory-events/domain'],
  },
  'a spec imports the testing library': {
    file: 'libs/stock-ledger/src/canary.spec.ts',
    imports: ['waitUntil', '@inventory-events/testing'],
  },
};
const plants = [...Object.values(forbidden), ...Object.values(allowed)];

let workspace;
let refusals;

beforeAll(() => {
  workspace = mkdtempSync(join(realpathSync(tmpdir()), 'inventory-events-boundaries-'));
  copySources();
  linkPackages();
  for (const { file, imports } of plants) {
    const [name, source] = imports;
    const text = `import { ${name} } from '${source}';\nexport const canary = ${name};\n`;
    writeFileSync(join(workspace, file), text);
  }
  refusals = lintPlants();
}, 120_000);
afterAll(() => rmSync(workspace, { recursive: true, force: true }));

function copySources() {
  for (const entry of COPIED) {
    cpSync(join(root, entry), join(workspace, entry), {
      recursive: true,
      filter: (path) => !NOT_COPIED.has(path.split(sep).at(-1)),
    });
  }
}

/** Packages from npm are shared with the workspace; its own packages are the copies. */
function linkPackages() {
  const modules = join(workspace, 'node_modules');
  mkdirSync(join(modules, '@inventory-events'), { recursive: true });
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name === '@inventory-events') continue;
    symlinkSync(join(root, 'node_modules', name), join(modules, name));
  }
  for (const name of readdirSync(join(workspace, 'libs'))) {
    symlinkSync(join(workspace, 'libs', name), join(modules, '@inventory-events', name));
  }
}

/** What lint says about each planted file. */
function lintPlants() {
  // Makes the project graph, without which the boundary rule lets everything pass.
  run('nx', ['show', 'projects']);
  const files = plants.map(({ file }) => file);
  const results = JSON.parse(run('eslint', ['--format', 'json', ...files]));
  return new Map(
    results.map(({ filePath, messages }) => [
      filePath.slice(workspace.length + 1).replaceAll(sep, '/'),
      messages.map(({ message }) => message).join('\n'),
    ]),
  );
}

function run(command, args) {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [join(workspace, 'node_modules', '.bin', command), ...args],
    {
      cwd: workspace,
      encoding: 'utf8',
      env: { ...process.env, NX_DAEMON: 'false', NX_WORKSPACE_ROOT_PATH: workspace },
    },
  );
  if (stdout === '') throw new Error(`${command} said nothing: ${stderr}`);
  return stdout;
}

describe('lint', () => {
  it.each(Object.entries(forbidden))('fails when %s', (_, { file, refusal }) => {
    expect(refusals.get(file)).toContain(refusal);
  });

  it.each(Object.entries(allowed))('lets pass that %s', (_, { file }) => {
    expect(refusals.get(file)).toBe('');
  });
});
