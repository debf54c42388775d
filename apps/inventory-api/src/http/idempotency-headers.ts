import { z } from '@inventory-events/service-runtime/api';

/** For the `headers` of routes whose requests may carry a key; `callerOf` reads it. */
export const idempotencyHeaders = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[\x21-\x7e]{1,255}$/, 'must be 1 to 255 visible ASCII characters')
    .optional()
    .openapi({
      type: 'string',
      minLength: 1,
      maxLength: 255,
      description:
        "The caller's own name for this request, of each subject and operation. The same request " +
        'under the same key has one effect and gets the same answer again, a refusal included; ' +
        'another request under it is refused with 422, and while the first is under way with 409.',
    }),
});
