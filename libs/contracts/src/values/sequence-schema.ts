import { z } from 'zod';

/** The position of an event among all events of its item: 1, 2, 3 … without a gap. */
export const sequenceSchema = z.int().min(1);

/** A number that the sender of an update counts up per item; gaps are its own business. */
export const sourceSequenceSchema = z.int().min(0);
