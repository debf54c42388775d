import { consumerMutants } from './consumer-mutants';
import { ledgerMutants } from './ledger-mutants';
import type { Mutant } from './mutant';
import { ownershipMutants } from './ownership-mutants';
import { relayMutants } from './relay-mutants';

/** Every planted bug. */
export const mutants: readonly Mutant[] = [
  ...consumerMutants,
  ...ledgerMutants,
  ...relayMutants,
  ...ownershipMutants,
];
