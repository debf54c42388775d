import { z } from 'zod';

/** Digits after the second are unlimited in ISO 8601; this bounds what a sender may write. */
const MAX_LENGTH = 40;

/** ISO 8601 date and time with an offset: without one, a time means another instant elsewhere. */
export const timestampSchema = z.iso.datetime({ offset: true }).max(MAX_LENGTH);
