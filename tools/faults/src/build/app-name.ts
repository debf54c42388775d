/** The apps that the write path and the way out consist of. */
export type AppName = 'ingest-worker' | 'outbox-relay';

/** Beside them, what is built and run where it is under load. */
export type BuiltApp = AppName | 'inventory-api';

export const APP_NAMES: readonly AppName[] = ['ingest-worker', 'outbox-relay'];
