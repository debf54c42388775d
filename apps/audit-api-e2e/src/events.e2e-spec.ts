import { randomUUID } from 'node:crypto';
import { withClient } from '@inventory-events/testing';
import { insertEvent, insertManyEvents, uuidV7, type EventFixture } from './world/insert-events';
import { startAuditWorld, type AuditWorld } from './world/start-audit-world';

interface Page {
  readonly items: readonly { readonly id: string; readonly [name: string]: unknown }[];
  readonly nextCursor: string | null;
}

describe('reading the audit log', () => {
  let world: AuditWorld;
  beforeAll(async () => {
    world = await startAuditWorld();
  });
  afterAll(() => world.close());

  const insert = (...events: readonly EventFixture[]) =>
    withClient(world.databaseUrl, async (client) => {
      const ids: string[] = [];
      for (const event of events) ids.push(await insertEvent(client, event));
      return ids;
    });
  async function list(query: string): Promise<Page> {
    const answer = await world.call(`/api/v1/events?${query}`);
    expect(answer.status).toBe(200);
    return answer.json as Page;
  }
  const idsOf = ({ items }: Page): string[] => items.map((item) => item.id);

  it('lists by every filter, newest first', async () => {
    const productId = randomUUID();
    const variantId = randomUUID();
    const warehouseId = randomUUID();
    const correlationId = randomUUID();
    const now = Date.now();
    await world.query(`INSERT INTO stock_items (id, product_id, variant_id) VALUES ($1, $2, $3)`, [
      uuidV7(now),
      productId,
      variantId,
    ]);
    const [first = '', second = '', third = ''] = await insert(
      { id: uuidV7(now - 3_000), productId, variantId, sku: 'A,"1"', eventType: 'LOW_STOCK' },
      { id: uuidV7(now - 2_000), productId, warehouseId, eventType: 'OUT_OF_STOCK' },
      { id: uuidV7(now - 1_000), productId, correlationId, eventType: 'BACK_IN_STOCK' },
    );
    expect(idsOf(await list(`productId=${productId}`))).toEqual([third, second, first]);
    expect(idsOf(await list(`productId=${productId.toUpperCase()}`))).toHaveLength(3);
    expect(idsOf(await list(`variantId=${variantId}`))).toEqual([first]);
    expect(idsOf(await list(`warehouseId=${warehouseId}`))).toEqual([second]);
    expect(idsOf(await list(`sku=${encodeURIComponent('A,"1"')}`))).toEqual([first]);
    expect(idsOf(await list(`correlationId=${correlationId}`))).toEqual([third]);
    expect(idsOf(await list('type=LOW_STOCK&type=OUT_OF_STOCK'))).toEqual([second, first]);
    expect(idsOf(await list(`type=OUT_OF_STOCK&productId=${productId}`))).toEqual([second]);
    expect(idsOf(await list(`variantId=${randomUUID()}`))).toEqual([]);
    const from = new Date(now - 2_000).toISOString();
    const to = new Date(now - 1_000).toISOString();
    expect(idsOf(await list(`productId=${productId}&from=${from}&to=${to}`))).toEqual([second]);
    const zoned = encodeURIComponent(from.replace('Z', '+00:00'));
    expect(idsOf(await list(`productId=${productId}&from=${zoned}`))).toEqual([third, second]);
  });

  it('pages without gap or repetition while events are added', async () => {
    const productId = randomUUID();
    await withClient(world.databaseUrl, (client) =>
      insertManyEvents(client, { count: 25, productId }),
    );
    const seen: string[] = [];
    let cursor: string | null = '';
    do {
      const page: Page = await list(
        `productId=${productId}&limit=10${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      seen.push(...idsOf(page));
      cursor = page.nextCursor;
      await insert({ productId });
    } while (cursor !== null);
    expect(seen).toHaveLength(25);
    expect(seen).toEqual([...seen].sort().toReversed());
    const exact = await list(`productId=${productId}&limit=28`);
    expect([exact.items.length, exact.nextCursor]).toEqual([28, null]);
  });

  it('gives one event with what decided it', async () => {
    const [id = ''] = await insert({ data: { productVariantId: 'x' }, sequence: 42 });
    const answer = await world.call(`/api/v1/events/${id.toUpperCase()}`);
    expect(answer.json).toMatchObject({
      id,
      sequence: 42,
      previousQuantity: 11,
      newQuantity: 9,
      lowStockThreshold: 10,
      thresholdSource: 'default',
      cause: 'observe',
      data: { productVariantId: 'x' },
    });
    expect((await world.call(`/api/v1/events/${id}`, { method: 'HEAD' })).status).toBe(200);
  });

  it("tells a product's story with the movements behind it", async () => {
    const [productId, itemId, causeMessageId] = [randomUUID(), randomUUID(), randomUUID()];
    const item = { productId, itemId };
    const now = Date.now();
    const [level = '', status = ''] = await insert(
      { ...item, id: uuidV7(now - 10), causeMessageId, eventType: 'StockLevelChangedEvent' },
      {
        ...item,
        id: uuidV7(now - 5),
        causeMessageId,
        eventType: 'StockStatusChangedEvent',
        sequence: 2,
      },
    );
    await world.query(
      `INSERT INTO stock_movements (id, item_id, type, quantity, quantity_after, reason, cause_message_id)
       VALUES ($1, $2, 'OUTBOUND', -2, 9, 'SALE', $3), ($4, $2, 'INBOUND', 5, 14, NULL, $5)`,
      [uuidV7(now - 11), itemId, causeMessageId, uuidV7(now), randomUUID()],
    );
    const path = `/api/v1/products/${productId}/timeline`;
    const { items } = (await world.call(path)).json as Page;
    expect(items.map((entry) => entry.id)).toEqual([level, status]);
    expect(items[0]).toMatchObject({
      quantityChange: -2,
      movements: [{ type: 'OUTBOUND', quantity: -2, quantityAfter: 9, reason: 'SALE' }],
    });
    const newest = (await world.call(`${path}?order=newestFirst&limit=1`)).json as Page;
    expect(idsOf(newest)).toEqual([status]);
    const next = (await world.call(`${path}?order=newestFirst&limit=1&cursor=${newest.nextCursor}`))
      .json;
    expect(idsOf(next as Page)).toEqual([level]);
  });

  it('exports as CSV that no spreadsheet runs, and as NDJSON', async () => {
    const productId = randomUUID();
    await insert({ productId, sku: '=1+1', correlationId: '@SUM(A1)', data: { text: 'a "b", c' } });
    const csv = await world.call(`/api/v1/events/export?format=csv&productId=${productId}`);
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(csv.headers['content-disposition']).toBe('attachment; filename=inventory-events.csv');
    const [header, line, ...rest] = csv.text.split('\r\n');
    expect(header).toMatch(/^id,eventType,createdAt,productId,/);
    expect(line).toContain(`,'=1+1,`);
    expect(line).toContain(`,'@SUM(A1),"{""text"":""a \\""b\\"", c""}"`);
    expect(rest).toEqual(['']);
    const ndjson = await world.call(`/api/v1/events/export?format=ndjson&productId=${productId}`);
    expect(ndjson.headers['content-type']).toBe('application/x-ndjson; charset=utf-8');
    expect(JSON.parse(ndjson.text)).toMatchObject({ productId, sku: '=1+1' });
    const none = await world.call(`/api/v1/events/export?productId=${randomUUID()}`);
    expect([none.status, none.text]).toEqual([200, '']);
  });

  it('serves OpenAPI to a token, and its page to a browser', async () => {
    const document = (await world.call('/api/v1/openapi.json')).json as { paths: object };
    expect(Object.keys(document.paths)).toContain('/api/v1/events/stream');
    const page = await world.call('/api/v1/docs', { role: null });
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.headers['content-security-policy']).toContain("script-src 'self';");
    expect(page.text).not.toMatch(/<script(?! src=)/);
    for (const path of page.text.matchAll(/(?:src|href)="([^"]+)"/g)) {
      expect((await world.call(`/api/v1/${path[1]}`, { role: null })).status).toBe(200);
    }
  });

  it('counts its requests by route', async () => {
    const { text } = await world.call('/metrics', { role: null });
    expect(text).toContain('route="/api/v1/events/:id",status="200"');
    expect(text).toMatch(/audit_stream_clients\{[^}]*\} 0/);
  });
});

describe('a large export', () => {
  let world: AuditWorld;
  const productId = randomUUID();
  const count = 60_000;
  beforeAll(async () => {
    world = await startAuditWorld();
    await withClient(world.databaseUrl, (client) => insertManyEvents(client, { count, productId }));
  });
  afterAll(() => world.close());

  it('holds every event once, in order, and the memory of a page', async () => {
    const before = await residentBytes();
    const answer = await world.call('/api/v1/events/export?format=ndjson');
    const ids = answer.text
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { id: string }).id);
    expect(ids).toHaveLength(count);
    expect(new Set(ids).size).toBe(count);
    expect(ids).toEqual([...ids].sort());
    expect((await residentBytes()) - before).toBeLessThan(80e6);
  });

  async function residentBytes(): Promise<number> {
    const { text } = await world.call('/metrics', { role: null });
    return Number(/process_resident_memory_bytes\{[^}]*\} (\S+)/.exec(text)?.[1]);
  }
});
