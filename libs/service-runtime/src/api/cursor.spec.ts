import { eventCursorField, timedCursorField, toEventCursor, toTimedCursor } from './cursor';

const ID = '0190163d-8694-739b-aea5-966c26f8ad90';

describe('cursors', () => {
  it('come back as the place they were made from', () => {
    expect(eventCursorField.parse(toEventCursor(ID))).toBe(ID);
    const at = new Date('2026-01-02T03:04:05.678Z');
    expect(timedCursorField.parse(toTimedCursor(at, ID))).toEqual({ at, id: ID });
    expect(eventCursorField.parse(undefined)).toBeUndefined();
  });

  it.each([
    '',
    'x',
    '====',
    ID,
    `${toEventCursor(ID)}=`,
    ` ${toEventCursor(ID)}`,
    'A'.repeat(1_000),
  ])('%p is refused', (text) => expect(eventCursorField.safeParse(text).success).toBe(false));

  it('of one list are none of another', () => {
    expect(timedCursorField.safeParse(toEventCursor(ID)).success).toBe(false);
    expect(eventCursorField.safeParse(toTimedCursor(new Date(), ID)).success).toBe(false);
  });

  it('refuse a time that no date can be', () => {
    const beyond = Buffer.alloc(24, 0xff).toString('base64url');
    expect(timedCursorField.safeParse(beyond).success).toBe(false);
  });
});
