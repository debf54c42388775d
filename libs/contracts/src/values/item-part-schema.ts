import { uuidSchema } from './uuid-schema';

const NIL_UUID = '00000000-0000-0000-0000-000000000000';

/**
 * Variant or warehouse of an item. Absent, null and the nil UUID all say "none", so that one item
 * never has two identities.
 */
export const itemPartSchema = uuidSchema
  .nullish()
  .transform((id) => (id === undefined || id === NIL_UUID ? null : id));
