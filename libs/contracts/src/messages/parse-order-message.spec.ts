import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { orderMessageSchemas, parseOrderMessage } from './parse-order-message';

const nowMs = Date.parse('2026-03-01T12:00:00Z');
const types = Object.keys(orderMessageSchemas);

function fixture(name: string): Record<string, unknown> {
  const file = join(__dirname, '../../fixtures', `${name}.v1.json`);
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
}

const parse = (type: string, json: unknown) => parseOrderMessage(type, json, { nowMs });

describe.each(types)('%s', (type) => {
  it('reads its fixture', () => {
    expect(parse(type, fixture(type))).toMatchObject({
      ok: true,
      value: { type, message: fixture(type) },
    });
  });

  it('refuses a time ahead, another version and what is no object', () => {
    const ahead = { ...fixture(type), timestamp: '2030-01-01T00:00:00Z' };
    expect(parse(type, ahead)).toMatchObject({ code: 'INVALID_MESSAGE' });
    const other = { ...fixture(type), eventVersion: '3.1' };
    expect(parse(type, other)).toMatchObject({ code: 'UNSUPPORTED_EVENT_VERSION' });
    expect(parse(type, [])).toMatchObject({ code: 'INVALID_MESSAGE' });
  });
});

it.each(['order.shipped', 'toString', ''])('does not know %p', (type) => {
  expect(parse(type, fixture('order.created'))).toMatchObject({ code: 'UNKNOWN_EVENT_TYPE' });
});

describe('the lines of an order', () => {
  const order = (items: unknown) => parse('order.created', { ...fixture('order.created'), items });
  const line = { sku: 'MUG', quantity: 1 };

  it.each([
    ['none', []],
    ['none at all', undefined],
    ['too many', Array.from({ length: 1_001 }, () => line)],
    ['a quantity of zero', [{ ...line, quantity: 0 }]],
    ['half a unit', [{ ...line, quantity: 0.5 }]],
    ['nothing that names the item', [{ quantity: 1 }]],
    ['an empty SKU', [{ sku: '', quantity: 1 }]],
  ])('are refused: %s', (_what, items) => {
    expect(order(items)).toMatchObject({ ok: false, code: 'INVALID_MESSAGE' });
  });

  it('may be a thousand', () => {
    expect(order(Array.from({ length: 1_000 }, () => line)).ok).toBe(true);
  });

  it('bring few issues, however many are wrong', () => {
    const result = order(Array.from({ length: 1_000 }, () => ({})));
    expect(result.ok ? [] : result.issues).toHaveLength(10);
  });
});
