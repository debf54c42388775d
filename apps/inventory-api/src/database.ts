import type { createPool } from '@inventory-events/data-access';

/** The shared pool; statements are in the data layer. */
export type Database = ReturnType<typeof createPool>;
