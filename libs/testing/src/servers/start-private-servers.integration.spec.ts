import { withClient } from '../database/with-client';
import { waitUntil } from '../wait-until';
import { type PrivateServers, startPrivateServers } from './start-private-servers';

describe('startPrivateServers', () => {
  let servers: PrivateServers;

  beforeAll(async () => {
    servers = await startPrivateServers(['postgres']);
  }, 120_000);
  afterAll(() => servers.close());

  const url = () => servers.env.DATABASE_URL ?? '';
  const count = () =>
    withClient(url(), async (client) => {
      const { rows } = await client.query<{ count: number }>(
        'SELECT count(*)::int AS count FROM kept',
      );
      return rows[0]?.count;
    });

  it('starts servers that are not those of the other tests', () => {
    expect(url()).toMatch(/^postgresql:/);
    expect(url()).not.toBe(process.env['DATABASE_URL']);
  });

  it('keeps port and data through kills and restarts', async () => {
    await withClient(url(), (client) => client.query('CREATE TABLE kept AS SELECT 1 AS id'));
    const postgres = servers.server('postgres');
    await postgres.kill();
    await expect(count()).rejects.toThrow('ECONNREFUSED');
    await postgres.start();
    await expect(count()).resolves.toBe(1);
    await postgres.restart({ immediate: true });
    await expect(count()).resolves.toBe(1);
  });

  it('freezes and goes on', async () => {
    const postgres = servers.server('postgres');
    await postgres.pause();
    let answered = false;
    const answer = count().then((rows) => {
      answered = true;
      return rows;
    });
    await expect(waitUntil(() => answered, { timeoutMs: 100 })).rejects.toThrow('waited');
    await postgres.resume();
    await expect(answer).resolves.toBe(1);
  });
});
