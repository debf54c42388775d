const { execFile } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const ROOT = path.resolve(__dirname, '..', '..');

function run(args) {
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: ROOT }, (error, stdout, stderr) => {
      resolve({ code: error ? error.code : 0, stdout, stderr });
    });
  });
}

async function generate(options) {
  const file = path.join(__dirname, 'day', 'generate-shop-day.mjs');
  const script = `
    import { createHash } from 'node:crypto';
    import { generateShopDay } from '${file}';
    const day = generateShopDay({ ...${JSON.stringify(options)}, now: new Date('2026-03-02') });
    const messages = day.messages.map(({ kind, body }) => kind + ' ' + body.toString('latin1'));
    const hash = createHash('sha256').update(messages.join()).digest('hex');
    const kinds = [...new Set(day.messages.map(({ kind }) => kind))].sort();
    console.log(JSON.stringify({ hash, kinds, products: day.products, expected: day.expected }));`;
  const { stdout } = await run(['--input-type=module', '-e', script]);
  return JSON.parse(stdout);
}

describe('the generated day', () => {
  it('is the same for the same seed, and another for another', async () => {
    const [one, again, other] = await Promise.all([
      generate({ seed: 7, updates: 1000 }),
      generate({ seed: 7, updates: 1000 }),
      generate({ seed: 8, updates: 1000 }),
    ]);
    expect(again).toEqual(one);
    expect(other.hash).not.toBe(one.hash);
  });

  it('has everything that a real day has', async () => {
    const { kinds, products, expected } = await generate({ seed: 1, updates: 5000 });
    expect(kinds).toEqual(['broken', 'duplicate', 'late', 'opening', 'restock', 'sale']);
    expect(expected.applied).toBe(5000);
    expect(new Set(products.map(({ name }) => name)).size).toBe(products.length);
    for (const type of ['LOW_STOCK', 'OUT_OF_STOCK', 'BACK_IN_STOCK']) {
      expect(expected.events[type]).toBeGreaterThan(10);
    }
    const sold = products.map((product) => product.sold).sort((a, b) => b - a);
    const best = sold.slice(0, sold.length / 10).reduce((sum, each) => sum + each, 0);
    expect(best / sold.reduce((sum, each) => sum + each, 0)).toBeGreaterThan(0.3);
  });
});

describe('npm run demo', () => {
  it('explains its options and refuses others', async () => {
    const main = path.join(__dirname, 'main.mjs');
    expect((await run([main, '--help'])).stdout).toContain('Usage: npm run demo');
    const wrong = await run([main, '--updates', 'many']);
    expect(wrong).toMatchObject({ code: 1, stdout: expect.stringContaining('--updates') });
    expect((await run([main, '--fast'])).stdout).toContain('Usage: npm run demo');
  });

  it('plays a short day on the built apps, keeps every promise and cleans up', async () => {
    const args = ['--no-build', '--updates', '600', '--seconds', '3'];
    const { code, stdout } = await run([path.join(__dirname, 'main.mjs'), ...args]);
    expect(stdout).toContain('Nothing lost, nothing twice, everything in order.');
    expect(stdout).not.toContain('✗');
    expect(code).toBe(0);
    const name = /inventory_demo_\w+/.exec(stdout)[0];
    const { Client } = require('pg');
    const client = new Client({ connectionString: process.env.DATABASE_URL });
    await client.connect();
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    await client.end();
    expect(found.rows).toEqual([]);
    expect(fs.readdirSync(path.join(ROOT, '.dev-stack'))).not.toContain(name);
  }, 120_000);
});
