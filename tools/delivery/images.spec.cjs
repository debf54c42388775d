// The Dockerfiles agree with the apps and with each other; building them is left to the registry's
// pipeline.
const { execFileSync, spawnSync } = require('node:child_process');
const {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { apps, defaultOf, root } = require('./app-facts.cjs');

const dockerfileOf = (app) => readFileSync(join(root, 'apps', app.name, 'Dockerfile'), 'utf8');
const instructionsOf = (app) =>
  dockerfileOf(app)
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter((line) => line !== '');

describe.each(apps.map((app) => [app.name, app]))('the image of %s', (_, app) => {
  it('runs as a user with a number that is not root, and gets the signals itself', () => {
    const instructions = instructionsOf(app);
    expect(instructions).toContain('USER 1000:1000');
    expect(instructions.at(-1)).toBe('CMD ["node", "main.js"]');
  });

  it('gives Node options that it takes', () => {
    const options = instructionsOf(app)
      .join('\n')
      .match(/NODE_OPTIONS=(\S+)/)?.[1];
    const code = `v8.getHeapStatistics().heap_size_limit`;
    const limitWith = (NODE_OPTIONS) =>
      Number(execFileSync(process.execPath, ['-p', code], { env: { NODE_OPTIONS } }));
    // Three semi-spaces beside the old generation.
    const small = limitWith('--max-old-space-size=100 --max-semi-space-size=1');
    const given = limitWith(`--max-old-space-size=100 ${options}`);
    expect((given - small) / 2 ** 20).toBeCloseTo(3 * (16 - 1), 0);
  });

  it('names the ports that the app listens on', () => {
    const names = ['PORT', 'GRPC_PORT'].filter((name) => app.variables.includes(name));
    const ports = names.map((name) => defaultOf(app, name));
    expect(instructionsOf(app)).toContain(`EXPOSE ${ports.join(' ')}`);
  });

  it('differs from the others in names only, the migrations apart', () => {
    const generic = (each) =>
      instructionsOf(each)
        .map((line) =>
          line.replaceAll(each.name, '<app>').replace(/EXPOSE [\d ]+/, 'EXPOSE <ports>'),
        )
        .map((line) => line.replace(' && npx nx build migrate', ''))
        .filter((line) => !line.includes('dist/tools/migrate'));
    expect(generic(app)).toEqual(generic(apps[0]));
  });

  it('installs what nx prune has left over, in the folder that the bundle is built to', () => {
    const { nx } = JSON.parse(readFileSync(join(root, 'apps', app.name, 'package.json'), 'utf8'));
    const output = nx.targets.build.options.outputPath;
    expect(nx.targets.prune.dependsOn).toEqual(['prune-lockfile', 'copy-workspace-modules']);
    expect(nx.targets.prune.options.command.endsWith(` ${output}`)).toBe(true);
    expect(instructionsOf(app)).toContain(`WORKDIR /workspace/${output}`);
  });
});

describe('the build context', () => {
  it('holds nothing but what a build needs', () => {
    const lines = readFileSync(join(root, '.dockerignore'), 'utf8').trim().split('\n');
    expect(lines[0]).toBe('**');
    const wanted = lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
    expect(wanted.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    expect(lines).toEqual(expect.arrayContaining(['**/node_modules', '**/dist', '**/.env']));
  });
});

describe('slim-workspace-modules', () => {
  let output;

  beforeEach(() => {
    output = mkdtempSync(join(tmpdir(), 'inventory-events-slim-'));
  });
  afterEach(() => rmSync(output, { recursive: true }));

  it('leaves the manifests, and no development dependencies', () => {
    const module = join(output, 'workspace_modules', '@inventory-events', 'domain');
    mkdirSync(join(module, 'src'), { recursive: true });
    writeFileSync(join(module, 'src', 'index.ts'), '');
    const manifest = { name: 'domain', version: '1.0.0', dependencies: { zod: '4' } };
    writeFileSync(
      join(module, 'package.json'),
      JSON.stringify({ ...manifest, devDependencies: { testing: '*' }, nx: {} }),
    );
    const app = { name: 'app', dependencies: { zod: '4' } };
    const own = { ...app, devDependencies: { testing: '*' } };
    writeFileSync(join(output, 'package.json'), JSON.stringify(own));
    writeFileSync(join(output, 'package-lock.json'), JSON.stringify({ packages: { '': own } }));
    const script = join(root, 'tools', 'delivery', 'slim-workspace-modules.mjs');
    expect(spawnSync(process.execPath, [script, output]).status).toBe(0);
    expect(readdirSync(module)).toEqual(['package.json']);
    const read = (...path) => JSON.parse(readFileSync(join(...path), 'utf8'));
    expect(read(module, 'package.json')).toEqual(manifest);
    expect(read(output, 'package.json')).toEqual(app);
    expect(read(output, 'package-lock.json')).toEqual({ packages: { '': app } });
  });
});
