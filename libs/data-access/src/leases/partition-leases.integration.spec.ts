import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { createTcpProxy, waitUntil } from '@inventory-events/testing';
import { leaseKeys } from './lease-keys';
import { openLeaseSession } from './lease-session';
import { createPartitionLeases, type PartitionLeases } from './partition-leases';

const connectionString = process.env['DATABASE_URL'] ?? '';
const quiet = { info: () => undefined, warn: () => undefined };

interface Holder {
  readonly name: string;
  readonly leases: PartitionLeases;
  lost: number;
  readonly released: number[];
}

describe('createPartitionLeases', () => {
  const namespace = randomUUID();
  const holders: Holder[] = [];
  let admin: Client;

  beforeAll(async () => {
    admin = new Client({ connectionString });
    await admin.connect();
  });
  afterEach(async () => {
    await Promise.all(holders.splice(0).map(({ leases }) => leases.stop()));
  });
  afterAll(() => admin.end());

  function join(onReleasing: (partition: number) => Promise<void> = async () => undefined): Holder {
    const name = `leases-${randomUUID()}`;
    const holder: Holder = {
      name,
      lost: 0,
      released: [],
      leases: createPartitionLeases({
        connectionString,
        applicationName: name,
        namespace,
        partitions: 8,
        pollMs: 100,
        onAcquired: () => undefined,
        onReleasing: async (partition) => {
          await onReleasing(partition);
          holder.released.push(partition);
        },
        onLost: () => {
          holder.lost += 1;
        },
        logger: quiet,
      }),
    };
    holders.push(holder);
    holder.leases.start();
    return holder;
  }

  const sizes = (): number[] => holders.map(({ leases }) => leases.owned().size);
  const all = (): number[] => holders.flatMap(({ leases }) => [...leases.owned()]).sort();
  const backendOf = ({ name }: Holder): Promise<unknown> =>
    admin.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1',
      [name],
    );

  it('opens another session when one ends while it is being opened', async () => {
    const proxy = await createTcpProxy({ target: connectionString });
    const cut = proxy.cutAfter({ direction: 'to-server', pattern: 'pg_advisory_lock' });
    const leases = createPartitionLeases({
      connectionString: proxy.through(connectionString),
      applicationName: `leases-${randomUUID()}`,
      namespace: randomUUID(),
      partitions: 2,
      pollMs: 100,
      onAcquired: () => undefined,
      onReleasing: async () => undefined,
      onLost: () => undefined,
      logger: quiet,
    });
    leases.start();
    await cut;
    await waitUntil(() => leases.owned().size === 2);
    await leases.stop();
    await proxy.close();
  });

  it('gives everything to a lone holder and shares evenly with those who join and leave', async () => {
    join();
    await waitUntil(() => sizes()[0] === 8);
    join();
    await waitUntil(() => sizes().every((size) => size === 4));
    join();
    await waitUntil(() => sizes().sort().join() === '2,3,3');
    expect(all()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    await holders[0]?.leases.stop();
    await waitUntil(() => sizes().slice(1).join() === '4,4');
    expect(all()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('keeps a partition locked until it is drained', async () => {
    let drain: () => void = () => undefined;
    const drained = new Promise<void>((resolve) => {
      drain = resolve;
    });
    const first = join(() => drained);
    await waitUntil(() => first.leases.owned().size === 8);
    const second = join();
    await waitUntil(() => first.leases.owned().size === 4);
    await waitUntil(() => second.leases.isConnected());
    expect(second.leases.owned().size).toBe(0);
    drain();
    await waitUntil(() => second.leases.owned().size === 4);
    expect(all()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('tells a holder at once that its session died, and it comes back', async () => {
    const first = join();
    const second = join();
    await waitUntil(() => sizes().join() === '4,4');
    await backendOf(first);
    await waitUntil(() => first.lost === 1);
    await waitUntil(() => sizes().join() === '4,4');
    expect(all()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(second.lost).toBe(0);
  });

  it('gives everything away on stop, though a drain takes longer than a silent session lives', async () => {
    const first = join(() => new Promise((resolve) => setTimeout(resolve, 700)));
    await waitUntil(() => first.leases.owned().size === 8);
    const second = join();
    await waitUntil(() => second.leases.isConnected());
    await first.leases.stop();
    expect(first.released).toHaveLength(8);
    expect(first.lost).toBe(0);
    await waitUntil(() => second.leases.owned().size === 8);
  });

  it('starts, stops and stops again in any order', async () => {
    const holder = join();
    await holder.leases.stop();
    await holder.leases.stop();
    holder.leases.start();
    expect(holder.leases.isConnected()).toBe(false);
    const { rows } = await admin.query(
      'SELECT 1 FROM pg_stat_activity WHERE application_name = $1',
      [holder.name],
    );
    expect(rows).toEqual([]);
  });

  it('waits for a database that is away', async () => {
    const warnings: string[] = [];
    const leases = createPartitionLeases({
      connectionString: 'postgres://nobody@127.0.0.1:1/nothing',
      applicationName: 'away',
      namespace,
      partitions: 2,
      onAcquired: () => undefined,
      onReleasing: async () => undefined,
      onLost: () => undefined,
      logger: { info: () => undefined, warn: (_fields, message) => void warnings.push(message) },
    });
    leases.start();
    await waitUntil(() => warnings.length >= 2);
    await leases.stop();
  });

  it('takes over from a holder that is paused: the server ends a silent session', async () => {
    let ended = 0;
    const paused = await openLeaseSession({
      connectionString,
      applicationName: 'paused',
      keys: leaseKeys(namespace),
      idleTimeoutMs: 400,
      connectTimeoutMs: 5000,
      onEnd: () => {
        ended += 1;
      },
    });
    expect(await paused.tryAcquire([0, 1, 2])).toEqual([0, 1, 2]);
    const holder = join();
    await waitUntil(() => holder.leases.owned().size === 4);
    expect([...holder.leases.owned()]).toEqual([3, 4, 5, 6]);
    await waitUntil(() => holder.leases.owned().size === 8);
    expect(ended).toBe(1);
  });
});
