import { eventTimeMs, formatStreamPosition, parseStreamPosition } from './stream-position';

const EVENT_ID = '0190163d-8694-739b-aea5-966c26f8ad90';

describe('stream positions', () => {
  it.each([EVENT_ID, `${EVENT_ID}.748392`])('%s is read and written', (text) => {
    const position = parseStreamPosition(text);
    expect(position && formatStreamPosition(position)).toBe(text);
  });

  it('knows the time of the event', () => {
    const position = parseStreamPosition(EVENT_ID);
    expect(position && new Date(eventTimeMs(position)).toISOString()).toBe(
      '2024-06-14T10:14:09.300Z',
    );
  });

  it.each([
    '',
    'x',
    `${EVENT_ID}.`,
    `${EVENT_ID}.-1`,
    `${EVENT_ID}.99999999999999999999`,
    '0190163d-8694-439b-aea5-966c26f8ad90',
    `${EVENT_ID} `,
  ])('%p is refused', (text) => expect(parseStreamPosition(text)).toBeUndefined());
});
