import {
  createTestDatabase,
  createTestVhost,
  type RunningApp,
  serverUrl,
  startApp,
  type TestDatabase,
  type TestVhost,
  withClient,
} from '@inventory-events/testing';
import { type Broker, openBroker } from './open-broker';

export interface World {
  database: TestDatabase;
  vhost: TestVhost;
  broker: Broker;
  startWorker(env?: Record<string, string>): Promise<RunningApp>;
  query<Row extends object>(sql: string, values?: unknown[]): Promise<Row[]>;
  /** Outcome per message id, as the inbox has it. */
  outcomes(): Promise<Map<string, string>>;
  close(): Promise<void>;
}

/** A database and a virtual host of their own, and as many built workers on them as wanted. */
export async function openWorld(): Promise<World> {
  const [database, vhost] = await Promise.all([createTestDatabase(), createTestVhost()]);
  const broker = await openBroker(vhost.url);
  const workers: RunningApp[] = [];
  const query = <Row extends object>(sql: string, values: unknown[] = []) =>
    withClient(database.url, async (client) => (await client.query(sql, values)).rows as Row[]);
  return {
    database,
    vhost,
    broker,
    async startWorker(env = {}) {
      const worker = await startApp({
        app: 'ingest-worker',
        env: {
          DATABASE_URL: database.url,
          AMQP_URL: vhost.url,
          REDIS_URL: serverUrl('REDIS_URL'),
          ...env,
        },
      });
      workers.push(worker);
      return worker;
    },
    query,
    async outcomes() {
      const rows = await query<{ id: string; outcome: string }>(
        'SELECT message_id AS id, outcome FROM inbox_messages',
      );
      return new Map(rows.map(({ id, outcome }) => [id, outcome]));
    },
    async close() {
      await Promise.all(workers.filter((worker) => worker.isRunning()).map((each) => each.stop()));
      await broker.close();
      await vhost.remove();
      await database.drop();
    },
  };
}
