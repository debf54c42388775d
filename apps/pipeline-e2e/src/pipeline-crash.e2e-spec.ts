import { killUnderLoad } from './pipeline/kill-under-load';

describe('SIGKILL of worker and relay at once, with partitions', () => {
  it(
    'loses nothing and does nothing twice',
    () => killUnderLoad({ victims: ['ingest-worker', 'outbox-relay'], partitions: 4, kills: 3 }),
    120_000,
  );
});
