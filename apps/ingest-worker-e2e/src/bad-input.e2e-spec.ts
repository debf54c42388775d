import { waitUntil } from '@inventory-events/testing';
import type { Options } from 'amqplib';
import { randomUUID } from 'node:crypto';
import { openWorld, type World } from './worker/open-world';
import { DEAD_LETTERS, QUEUE } from './worker/open-broker';

const update = (changes: object = {}) => ({
  eventId: randomUUID(),
  productId: randomUUID(),
  newQuantity: 5,
  ...changes,
});
const withoutEventId = update({ eventId: undefined });
const withoutProductId = update({ productId: undefined });
const envelope = (changes: object) => ({
  eventId: randomUUID(),
  eventType: 'StockLevelChangedEvent',
  eventVersion: '1.0',
  timestamp: new Date().toISOString(),
  sourceService: 'Shop',
  correlationId: randomUUID(),
  data: { productVariantId: randomUUID(), newQuantity: 5 },
  ...changes,
});
const inAYear = () => new Date(Date.now() + 365 * 86_400_000).toISOString();

type Row = [
  what: string,
  body: Buffer | string | object,
  code: string,
  properties?: Options.Publish,
];

const ROWS: Row[] = [
  ['not JSON', 'quantity=5', 'MALFORMED_JSON'],
  ['an empty body', '', 'MALFORMED_JSON'],
  ['invalid UTF-8', Buffer.from([0x22, 0xc3, 0x28, 0x22]), 'INVALID_ENCODING'],
  ['a body over 256 KiB', update({ pad: 'x'.repeat(256 * 1024) }), 'MESSAGE_TOO_LARGE'],
  ['JSON nested 5 000 deep', `{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}`, 'NESTING_TOO_DEEP'],
  ['an unknown event type', update({ eventType: 'OrderPlaced' }), 'UNKNOWN_EVENT_TYPE'],
  ['an unknown version', envelope({ eventVersion: '2.0' }), 'UNSUPPORTED_EVENT_VERSION'],
  ['no event id at all', withoutEventId, 'MISSING_EVENT_ID'],
  ['a malformed event id', update({ eventId: '17' }), 'INVALID_MESSAGE'],
  [
    'a malformed message id in its place',
    withoutEventId,
    'INVALID_MESSAGE',
    { messageId: 'seventeen' },
  ],
  ['no product id', withoutProductId, 'INVALID_MESSAGE'],
  ['a malformed product id', update({ productId: 'A-1' }), 'INVALID_MESSAGE'],
  ['a negative quantity', update({ newQuantity: -1 }), 'INVALID_MESSAGE'],
  ['a fractional quantity', update({ newQuantity: 1.5 }), 'INVALID_MESSAGE'],
  ['a quantity in a string', update({ newQuantity: '5' }), 'INVALID_MESSAGE'],
  ['a quantity over 2^31 - 1', update({ newQuantity: 2 ** 31 }), 'INVALID_MESSAGE'],
  ['NUL in a string', update({ sku: 'A\u0000B' }), 'INVALID_MESSAGE'],
  ['equal keys', `{"newQuantity":1,${JSON.stringify(update()).slice(1)}`, 'DUPLICATE_JSON_KEY'],
  ['"now" as time', update({ occurredAt: 'now' }), 'INVALID_MESSAGE'],
  ['a time a year ahead', update({ occurredAt: inAYear() }), 'INVALID_MESSAGE'],
  ['an unknown content type', update(), 'UNSUPPORTED_CONTENT_TYPE', { contentType: 'text/csv' }],
  ['a compressed body', update(), 'UNSUPPORTED_CONTENT_ENCODING', { contentEncoding: 'gzip' }],
  ['a forged x-death', 'no', 'MALFORMED_JSON', { headers: { 'x-death': [{ count: 99 }] } }],
  [
    'a forged delivery count',
    'no',
    'MALFORMED_JSON',
    { headers: { 'x-delivery-count': 99, 'x-error-code': 'FORGED' } },
  ],
];

describe('bad input', () => {
  let world: World;

  beforeAll(async () => {
    world = await openWorld();
    await world.startWorker();
  });
  afterAll(() => world.close());

  const areApplied = (...ids: string[]) =>
    waitUntil(async () => {
      const outcomes = await world.outcomes();
      return ids.every((id) => outcomes.get(id) === 'applied');
    });

  it.each(ROWS)('%s is dead-lettered with its reason, its neighbours are not', async (...row) => {
    const [, body, code, properties] = row;
    const [before, after] = [update(), update()];
    await world.broker.publish([{ body: before }, { body, properties }, { body: after }]);
    const [dead] = await world.broker.takeDeadLetters(1);
    await areApplied(before.eventId, after.eventId);

    expect(dead?.properties.headers?.['x-error-code']).toBe(code);
    expect(dead?.properties.headers?.['x-error-message']).toMatch(/^.{5,500}$/);
    expect(JSON.stringify(dead?.properties.headers)).not.toContain('main.js');
    const sent = Buffer.isBuffer(body) || typeof body === 'string' ? body : JSON.stringify(body);
    expect(dead?.content.equals(Buffer.from(sent))).toBe(true);
    expect(await world.broker.count(DEAD_LETTERS)).toBe(0);
  });

  it('a used event id with another body is a conflict, with the same body a duplicate', async () => {
    const first = update();
    const after = update();
    await world.broker.publish([
      { body: first },
      { body: first },
      { body: { ...first, newQuantity: 6 } },
      { body: after },
    ]);
    const [dead] = await world.broker.takeDeadLetters(1);
    expect(dead?.properties.headers?.['x-error-code']).toBe('EVENT_ID_CONFLICT');
    await areApplied(first.eventId, after.eventId);
    const stored = await world.query<{ on_hand: number }>(
      'SELECT on_hand FROM stock_items WHERE product_id = $1',
      [first.productId],
    );
    expect(stored).toEqual([{ on_hand: 5 }]);
    expect(await world.broker.count(DEAD_LETTERS)).toBe(0);
  });

  it('CC and BCC copy a dead letter nowhere, and x-death changes nothing of a good message', async () => {
    const copies = 'copies';
    await world.broker.channel.assertQueue(copies, { durable: true });
    await world.broker.channel.bindQueue(copies, 'inventory.dlx', copies);
    const headers = { CC: [copies], 'x-death': [{ queue: QUEUE, count: 1_000 }] };
    const good = update();
    await world.broker.publish([
      { body: 'no', properties: { headers, BCC: [copies] } },
      { body: good, properties: { headers } },
    ]);
    const [dead] = await world.broker.takeDeadLetters(1);
    await areApplied(good.eventId);
    expect(dead?.properties.headers).not.toHaveProperty('CC');
    // The two copies that the broker made of what the producer sent; none is a dead letter.
    const found = [];
    for (;;) {
      const copy = await world.broker.channel.get(copies, { noAck: true });
      if (!copy) break;
      found.push(copy.properties.headers);
    }
    for (const copied of found) expect(copied).not.toHaveProperty('x-error-code');
  });
});
