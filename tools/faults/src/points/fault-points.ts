import type { AppName } from '../build/app-name';
import { consumerPoints } from './consumer-points';
import type { FaultPoint } from './fault-point';
import { leasePoints } from './lease-points';
import { ledgerPoints } from './ledger-points';
import { relayPoints } from './relay-points';

/** Every registered crash point, in the order of a message's way. */
export const faultPoints: readonly FaultPoint[] = [
  ...leasePoints,
  ...consumerPoints,
  ...ledgerPoints,
  ...relayPoints,
];

export function pointsOf(app: AppName): readonly FaultPoint[] {
  return faultPoints.filter((point) => point.apps.includes(app));
}
