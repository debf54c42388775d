import { encodeUpdate } from './encode-update.mjs';

/**
 * One maker for each way in which the day's broken messages are broken, with the code it has to be
 * refused by.
 */
export const BROKEN_MESSAGES = [
  {
    code: 'MALFORMED_JSON',
    make: (update) => ({ body: encodeUpdate(update).subarray(0, 60) }),
  },
  {
    code: 'INVALID_ENCODING',
    make: (update) => ({ body: Buffer.concat([Buffer.from([0xff, 0xfe]), encodeUpdate(update)]) }),
  },
  {
    code: 'INVALID_MESSAGE',
    make: (update) => ({ body: encodeUpdate({ ...update, quantity: -3 }) }),
  },
  {
    code: 'INVALID_MESSAGE',
    make: (update) => ({ body: encodeUpdate({ ...update, productId: 'the blue one' }) }),
  },
  {
    code: 'MISSING_EVENT_ID',
    make: (update) => ({ body: encodeUpdate({ ...update, eventId: undefined }) }),
  },
  {
    code: 'UNKNOWN_EVENT_TYPE',
    make: (update) => ({
      body: Buffer.from(JSON.stringify({ eventId: update.eventId, eventType: 'PriceChanged' })),
    }),
  },
  {
    code: 'UNSUPPORTED_CONTENT_TYPE',
    make: (update) => ({ body: encodeUpdate(update), contentType: 'text/xml' }),
  },
  {
    code: 'EVENT_ID_CONFLICT',
    /** The id of an update that was sent before, with another quantity in the body. */
    make: (update, earlier) => ({
      body: encodeUpdate({ ...earlier, quantity: earlier.quantity + 1 }),
    }),
  },
];

/** What a code means, for people. */
export const MEANINGS = {
  MALFORMED_JSON: 'the body is no JSON',
  INVALID_ENCODING: 'the body is no UTF-8',
  INVALID_MESSAGE: 'a field is missing or impossible (a negative quantity, say)',
  MISSING_EVENT_ID: 'nothing to recognise a repetition by',
  UNKNOWN_EVENT_TYPE: 'not an inventory update',
  UNSUPPORTED_CONTENT_TYPE: 'not marked as JSON',
  EVENT_ID_CONFLICT: 'an eventId that came before with another body',
};
