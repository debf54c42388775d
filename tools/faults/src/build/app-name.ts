/** The apps that the write path and the way out consist of. */
export type AppName = 'ingest-worker' | 'outbox-relay';

export const APP_NAMES: readonly AppName[] = ['ingest-worker', 'outbox-relay'];
