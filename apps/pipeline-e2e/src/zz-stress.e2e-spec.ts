import { killUnderLoad } from './pipeline/kill-under-load';
it.each([1, 2, 3])('stress %i', () => killUnderLoad({ victims: ['ingest-worker'], partitions: 0, kills: 8 }), 120_000);
