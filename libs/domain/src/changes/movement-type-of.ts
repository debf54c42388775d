import type { MovementType } from '../movement';
import type { ChangeType } from '../stock-command';

const MOVEMENT_TYPES: Record<ChangeType, MovementType> = {
  PURCHASE: 'INBOUND',
  SALE: 'OUTBOUND',
  RETURN: 'RETURN',
  ADJUSTMENT: 'ADJUSTMENT',
};

export function movementTypeOf(changeType: ChangeType): MovementType {
  return MOVEMENT_TYPES[changeType];
}
