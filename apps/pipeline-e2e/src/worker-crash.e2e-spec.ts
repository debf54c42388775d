import { killUnderLoad } from './pipeline/kill-under-load';

describe('SIGKILL of the worker under load', () => {
  it(
    'loses nothing and does nothing twice',
    () => killUnderLoad({ victims: ['ingest-worker'], partitions: 0 }),
    120_000,
  );

  it(
    'blames no message for deaths in quick succession',
    () => killUnderLoad({ victims: ['ingest-worker'], partitions: 0, kills: 8 }),
    120_000,
  );
});
