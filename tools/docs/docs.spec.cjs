// The documentation is up to date where that can be checked: generated files, links, commands, names.
const { spawnSync } = require('node:child_process');
const { existsSync, readdirSync, readFileSync } = require('node:fs');
const { dirname, join, relative, resolve } = require('node:path');
const contractsManifest = require('../../libs/contracts/package.json');
const manifest = require('../../package.json');

const root = resolve(__dirname, '../..');
const read = (file) => readFileSync(join(root, file), 'utf8');
const markdownIn = (folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));
const pages = ['.', 'docs', 'docs/adr', 'docs/runbooks', 'libs/contracts'].flatMap(markdownIn);

/** As GitHub makes them. */
function anchorsOf(file) {
  const headings = [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading);
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe('generated documents', () => {
  it('are what their sources say', () => {
    const script = join(root, 'tools', 'docs', 'main.mjs');
    const { status, stderr } = spawnSync(process.execPath, [script, '--check'], {
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });
});

describe.each(pages)('%s', (page) => {
  const text = read(page);

  it('links to what is there', () => {
    const targets = [...text.matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)].map(([, to]) => to);
    const broken = targets.filter((target) => {
      const [path, anchor] = target.split('#');
      const file = path === '' ? page : relative(root, resolve(root, dirname(page), path));
      if (!existsSync(join(root, file))) return true;
      return anchor !== undefined && !anchorsOf(file).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  it('names scripts that are there', () => {
    const scripts = [...text.matchAll(/npm run ([a-z:-]+)/g)].map(([, name]) => name);
    const known = { ...manifest.scripts, ...contractsManifest.scripts };
    expect(scripts.filter((name) => known[name] === undefined)).toEqual([]);
  });
});

describe('decisions', () => {
  const records = markdownIn('docs/adr').filter((file) => !file.endsWith('README.md'));

  it.each(records)('%s has context, decision and consequences', (file) => {
    const headings = [...read(file).matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(['Context', 'Decision', 'Consequences']);
  });

  it('are all listed', () => {
    const index = read('docs/adr/README.md');
    const names = records.map((file) => relative('docs/adr', file));
    expect(names.filter((name) => !index.includes(`(${name})`))).toEqual([]);
  });
});

describe('runbooks', () => {
  it('exist for every alert, and name it', () => {
    const rules = read('helm/inventory-events/templates/prometheus-rule.yaml');
    const alerts = [...rules.matchAll(/alert: (\w+)[\s\S]*?"([a-z-]+\.md)"/g)];
    expect(alerts.length).toBeGreaterThan(4);
    const missing = alerts.filter(
      ([, alert, file]) => !read(join('docs/runbooks', file)).includes(`\`${alert}\``),
    );
    expect(missing.map(([, alert]) => alert)).toEqual([]);
  });
});
