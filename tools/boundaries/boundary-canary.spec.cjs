// Plants forbidden imports and expects lint to refuse each one: without a project graph the boundary
// rule skips itself and lint passes whatever is imported. Works on a copy of the workspace, so that
// nothing of it is left behind and nobody else's lint sees the plants.
const { spawnSync } = require('node:child_process');
const {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} = require('node:fs');
const { tmpdir } = require('node:os');
const { join, resolve, sep } = require('node:path');
const { stripVTControlCharacters } = require('node:util');

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

const plants = {
  'domain imports a driver': {
    file: 'libs/domain/src/canary-driver.ts',
    text: "import { Pool } from 'pg';\nexport const pool = new Pool();\n",
    refusal: 'is not allowed to import "pg"',
  },
  'domain imports a contract': {
    file: 'libs/domain/src/canary-contract.ts',
    text: "import { topology } from '@inventory-events/contracts';\nexport const canary = topology;\n",
    refusal: 'A project tagged with "type:domain" cannot depend on',
  },
  'the relay imports the domain': {
    file: 'apps/outbox-relay/src/canary-domain.ts',
    text: "import { decide } from '@inventory-events/domain';\nexport const canary = decide;\n",
    refusal: '"app:outbox-relay" can not depend on libs tagged with "type:domain"',
  },
  'contracts import the data layer': {
    file: 'libs/contracts/src/canary-data.ts',
    text: "import { createPool } from '@inventory-events/data-access';\nexport const canary = createPool;\n",
    refusal: 'A project tagged with "type:contracts" cannot depend on',
  },
  'source imports the testing library': {
    file: 'libs/stock-ledger/src/canary-testing.ts',
    text: "import { waitUntil } from '@inventory-events/testing';\nexport const canary = waitUntil;\n",
    refusal: 'Only specs import testing',
  },
};
const allowed = {
  file: 'libs/stock-ledger/src/canary-allowed.ts',
  text: "import { decide } from '@inventory-events/domain';\nexport const canary = decide;\n",
};

describe('lint', () => {
  let workspace;
  let results;

  beforeAll(() => {
    workspace = mkdtempSync(join(tmpdir(), 'inventory-events-boundaries-'));
    for (const entry of COPIED) {
      cpSync(join(root, entry), join(workspace, entry), {
        recursive: true,
        filter: (path) => !NOT_COPIED.has(path.split(sep).at(-1)),
      });
    }
    linkPackages();
    for (const { file, text } of [...Object.values(plants), allowed]) {
      writeFileSync(join(workspace, file), text);
    }
    results = lintWorkspace();
  }, 180_000);
  afterAll(() => rmSync(workspace, { recursive: true, force: true }));

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

  function lintWorkspace() {
    const projects = ['domain', 'contracts', 'stock-ledger', 'outbox-relay'];
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [
        join('node_modules', '.bin', 'nx'),
        'run-many',
        '--target=lint',
        `--projects=${projects.map((name) => `@inventory-events/${name}`).join(',')}`,
        '--skip-nx-cache',
        '--exclude-task-dependencies',
        '--output-style=static',
      ],
      {
        cwd: workspace,
        encoding: 'utf8',
        env: {
          ...process.env,
          NX_DAEMON: 'false',
          NX_WORKSPACE_ROOT_PATH: workspace,
        },
      },
    );
    return stripVTControlCharacters(stdout + stderr);
  }

  /** What eslint's list says about one file. */
  function reportOf(file) {
    const name = file.split('/').at(-1);
    const [, after = ''] = results.split(new RegExp(`^.*${name}.*$`, 'm'));
    return after.split(/\n\s*\n/, 1)[0];
  }

  it.each(Object.entries(plants))('fails when %s', (_, { file, refusal }) => {
    expect(reportOf(file)).toContain(refusal);
  });

  it('allows what the direction of dependencies allows', () => {
    expect(results).toContain('nx run @inventory-events/stock-ledger:lint');
    expect(results).not.toContain('canary-allowed');
  });
});
