import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { anyEventSchema } from './any-event-schema';
import { eventSchemas, eventTypes } from './event-schemas';
import { parseEvent } from './parse-event';

interface FixtureEvent {
  [field: string]: unknown;
  data: Record<string, unknown>;
}

function fixture(eventType: string): FixtureEvent {
  const file = join(__dirname, '../../fixtures', `${eventType}.v1.json`);
  return JSON.parse(readFileSync(file, 'utf8')) as FixtureEvent;
}

describe.each(eventTypes)('%s', (eventType) => {
  it('reads its fixture without loss', () => {
    expect(parseEvent(fixture(eventType))).toEqual({ ok: true, value: fixture(eventType) });
    expect(anyEventSchema.parse(fixture(eventType))).toEqual(fixture(eventType));
  });

  it('writes what it read', () => {
    const text = JSON.stringify(eventSchemas[eventType].parse(fixture(eventType)));
    expect(JSON.parse(text)).toEqual(fixture(eventType));
  });

  it('refuses each missing field that is not optional', () => {
    const optional = new Set(['userId', 'reservationId']);
    for (const field of Object.keys(fixture(eventType).data)) {
      const event = fixture(eventType);
      delete event.data[field];
      expect([field, parseEvent(event).ok]).toEqual([field, optional.has(field)]);
    }
    for (const field of Object.keys(fixture(eventType))) {
      const event: Partial<FixtureEvent> = fixture(eventType);
      delete event[field];
      expect([field, parseEvent(event).ok]).toEqual([field, false]);
    }
  });
});

describe('parseEvent', () => {
  const event = () => fixture('LOW_STOCK');

  it('reads bytes and text as they come from a broker', () => {
    const text = JSON.stringify(event());
    expect(parseEvent(text)).toEqual({ ok: true, value: event() });
    expect(parseEvent(Buffer.from(text))).toEqual({ ok: true, value: event() });
  });

  it.each(['', '{', 'null{', Buffer.from([0x7b, 0xff, 0x7d])])('refuses malformed %p', (body) => {
    expect(parseEvent(body)).toMatchObject({ ok: false, code: 'MALFORMED_JSON' });
  });

  it.each(['null', '[]', '5', '"LOW_STOCK"'])('refuses %s, which is no object', (body) => {
    expect(parseEvent(body)).toMatchObject({ ok: false, code: 'INVALID_MESSAGE' });
  });

  it('accepts a later minor version with fields it does not know, and drops them', () => {
    const later = { ...event(), eventVersion: '1.7', extra: 1 };
    later.data = { ...event().data, ruleId: 'x' };
    expect(parseEvent(later)).toEqual({ ok: true, value: { ...event(), eventVersion: '1.7' } });
  });

  it.each(['2.0', '0.9', '1', '1.0.0', 'latest'])('refuses version %s', (eventVersion) => {
    expect(parseEvent({ ...event(), eventVersion }).ok).toBe(false);
  });

  it('names an unsupported major version', () => {
    const result = parseEvent({ ...event(), eventVersion: '2.0' });
    expect(result).toMatchObject({ code: 'UNSUPPORTED_EVENT_VERSION' });
  });

  it.each(['StockVanishedEvent', 'constructor', '__proto__', 7, null, undefined])(
    'does not know the type %p',
    (eventType) => {
      expect(parseEvent({ ...event(), eventType })).toMatchObject({ code: 'UNKNOWN_EVENT_TYPE' });
    },
  );

  it('names the fields that are wrong, not what was in them', () => {
    const invalid = event();
    invalid.data = { ...invalid.data, newQuantity: -987654, sku: 42 };
    const result = parseEvent(invalid);
    expect(result).toMatchObject({
      code: 'INVALID_MESSAGE',
      issues: [{ path: 'data.sku' }, { path: 'data.newQuantity' }],
    });
    expect(JSON.stringify(result)).not.toContain('987654');
  });
});
