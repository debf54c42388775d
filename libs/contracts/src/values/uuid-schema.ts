import { z } from 'zod';

/**
 * Ids are opaque here: any variant and version passes, nil and max included, as PostgreSQL's uuid
 * type accepts them. Lower case is the one spelling that leaves the schema, so ids compare as text.
 */
export const uuidSchema = z.guid().toLowerCase();
