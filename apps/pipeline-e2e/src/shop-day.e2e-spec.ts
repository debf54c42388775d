import { expectExactly } from './pipeline/expect-exactly';
import { openWorld, type World } from './pipeline/open-world';
import { get } from './pipeline/read-audit-api';
import { feedUpdates } from './pipeline/update-feed';
import { changesOfDay } from './shop-day/changes-of-day';
import { disturb } from './shop-day/disturb';
import { loadOrderLines } from './shop-day/load-order-lines';
import { correlationIdOf, encodeChange } from './wire/encode-change';

const { lines, origin } = loadOrderLines();
const changes = disturb(changesOfDay(lines));

describe.each([
  ['the plain queue', 0],
  ['4 partitions', 4],
])(`a ${origin} day of orders through %s`, (_name, partitions) => {
  let world: World;

  beforeAll(async () => {
    world = await openWorld({ changes, partitions });
  }, 120_000);

  afterAll(() => world?.close());

  it('gives exactly the events of the oracle, audited and published', async () => {
    const { servers, observer, pipeline } = world;
    await feedUpdates(changes.map(encodeChange), { amqpUrl: servers.amqpUrl, partitions });
    const auditApiUrl = pipeline.app('audit-api').url;
    const journal = await expectExactly({ changes, servers, observer, auditApiUrl });
    expect(journal.count).toBeGreaterThan(lines.length);
    expect(journal.repeated).toBe(0);
  }, 120_000);

  it('carries the correlation id of an update to each of its events', async () => {
    const caused = changes.find(({ cause }) => cause === 'sale');
    const correlationId = correlationIdOf(caused?.update.eventId ?? '');
    const { items: listed } = await get<{ items: object[] }>(
      `${world.pipeline.app('audit-api').url}/api/v1/events?correlationId=${correlationId}`,
    );
    const published = world.observer.messages.filter(
      (message) => message.correlationId === correlationId,
    );
    expect(published.length).toBeGreaterThan(0);
    expect(listed).toHaveLength(published.length);
  });
});
