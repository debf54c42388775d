import { killUnderLoad } from './pipeline/kill-under-load';

describe('SIGKILL of the worker under load', () => {
  it(
    'loses nothing and does nothing twice',
    () => killUnderLoad({ victims: ['ingest-worker'], partitions: 0 }),
    120_000,
  );
});
