import { z } from 'zod';

/** The largest number of units of one item: PostgreSQL's and protobuf's 32-bit integer. */
export const MAX_QUANTITY = 2_147_483_647;

/** A count of units; JSON numbers only, because "5" and 5.5 are mistakes of the sender. */
export const quantitySchema = z.int().min(0).max(MAX_QUANTITY);

/** A count of units of which there must be at least one, as in an order line. */
export const positiveQuantitySchema = z.int().min(1).max(MAX_QUANTITY);

/** A change of a count, negative for a decrease. */
export const quantityChangeSchema = z.int().min(-MAX_QUANTITY).max(MAX_QUANTITY);
