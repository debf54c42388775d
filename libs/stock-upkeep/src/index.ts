export { createProofUpkeep, type ProofUpkeep } from './create-proof-upkeep';
export { createReservationSweepJob } from './create-reservation-sweep-job';
export type { UpkeepDeps } from './upkeep-deps';
