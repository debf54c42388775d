import { killUnderLoad } from './pipeline/kill-under-load';

describe('SIGKILL of the relay under load', () => {
  it(
    'loses nothing, and what is published twice is told by its sequence',
    () => killUnderLoad({ victims: ['outbox-relay'], partitions: 0 }),
    120_000,
  );
});
