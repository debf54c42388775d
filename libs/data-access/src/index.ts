export type { AuditEvent } from './audit/audit-event';
export type { EventFilter, EventPageQuery } from './audit/event-query';
export { eventTailConnectionString } from './audit/event-tail-session';
export { listEvents } from './audit/list-events';
export { type FailingOutboxRow, listFailingOutboxRows } from './audit/list-failing-outbox-rows';
export { type AuditMovement, listMovementsOfEvents } from './audit/list-movements-of-events';
export {
  type EventDeltaPage,
  type EventDeltaQuery,
  readCurrentSnapshot,
  readEventDelta,
} from './audit/read-event-delta';
export { type MissedEventsQuery, readMissedEvents } from './audit/read-missed-events';
export { type OutboxPartition, readOutboxPartitions } from './audit/read-outbox-partitions';
export { createUuidV7Source, type UuidV7Source } from './ids/uuid-v7';
export { uuidV7Floor } from './ids/uuid-v7-floor';
export { type KeptRequest, withKeptResult } from './inbox/with-kept-result';
export {
  type InventoryFilter,
  type InventoryPageQuery,
  listInventory,
} from './inventory/list-inventory';
export {
  listMovements,
  type MovementPageQuery,
  type StoredMovement,
} from './inventory/list-movements';
export { readInventory } from './inventory/read-inventory';
export {
  readProductSets,
  readSkuSets,
  type StoredItemIdentity,
  type StoredItemSet,
} from './inventory/read-item-sets';
export type { StoredInventory } from './inventory/stored-inventory';
export {
  createPartitionLeases,
  type LeaseLogger,
  type PartitionLeases,
  type PartitionLeasesOptions,
} from './leases/partition-leases';
export { assertMigrated } from './migrations/assert-migrated';
export {
  type SessionLock,
  type SessionLockOptions,
  withSessionLock,
} from './leases/with-session-lock';
export { applyMigrations, type MigrationOptions } from './migrations/apply-migrations';
export { deleteOrderOutcomes } from './orders/delete-order-outcomes';
export { expireOrderOutcomes } from './orders/expire-order-outcomes';
export { insertOrderOutcomes } from './orders/insert-order-outcomes';
export { lockOrders } from './orders/lock-orders';
export type { OrderOutcome, OrderOutcomeKind, StoredOrderOutcome } from './orders/order-outcome';
export { readOrderOutcomes } from './orders/read-order-outcomes';
export { arrayLiteral } from './parameters/array-literal';
export { textArray } from './parameters/text-array';
export { deleteOutboxRows } from './outbox/delete-outbox-rows';
export {
  createOutboxListener,
  type OutboxListener,
  type OutboxListenerOptions,
} from './outbox/outbox-listener';
export { createOutboxReader, type OutboxBatch, type OutboxReader } from './outbox/outbox-reader';
export { parkOutboxRow, type ParkOutboxRow } from './outbox/park-outbox-row';
export type { PendingEvent } from './outbox/pending-event';
export { readOutboxRows } from './outbox/read-outbox-rows';
export { type OutboxStats, readOutboxStats } from './outbox/read-outbox-stats';
export { type OutboxFailure, recordOutboxFailures } from './outbox/record-outbox-failures';
export { redriveParkedEvents } from './outbox/redrive-parked-events';
export { relayConnectionString } from './outbox/relay-session';
export {
  maintainPartitions,
  type PartitionMaintenance,
  type PartitionRetention,
} from './partitions/maintain-partitions';
export { createPool, type PoolOptions } from './pool/create-pool';
export { listDriftedItemIds, listItemIds } from './proof/list-item-ids';
export { type ProofState, readProofState, saveProofState } from './proof/proof-state';
export { readBalances, type StockBalance } from './proof/read-balances';
export { emptyProof, readProofs, type StoredDrift, type StoredProof } from './proof/read-proofs';
export { readItemsTouchedBetween, readItemsTouchedBy } from './proof/read-touched-items';
export { markDriftsReported, saveProofs } from './proof/save-proofs';
export { type MovementSum, sumMovements } from './proof/sum-movements';
export {
  findOverdueOrders,
  type OverdueOrder,
  type OverduePage,
  type OverduePosition,
} from './reservations/find-overdue-orders';
export { findReservation } from './reservations/find-reservation';
export { insertReservations } from './reservations/insert-reservations';
export { listOrderReservations } from './reservations/list-order-reservations';
export {
  type Availability,
  type AvailabilityLine,
  type AvailabilitySum,
  readAvailability,
  sumAvailability,
} from './reservations/read-availability';
export { readOldestOverdueAge } from './reservations/read-oldest-overdue-age';
export { readReservations, type ReservationQuery } from './reservations/read-reservations';
export type { ReservationView } from './reservations/reservation-view';
export type { StoredReservation } from './reservations/stored-reservation';
export { updateReservations } from './reservations/update-reservations';
export { ensureItems } from './stock/ensure-items';
export { findItemCandidates, type ItemLead } from './stock/find-item-candidates';
export { findItems, type FoundItem, type ItemQuery } from './stock/find-items';
export { findProcessedMessages, type ProcessedMessage } from './stock/find-processed-messages';
export { insertInboxMessages, type InboxRow } from './stock/insert-inbox-messages';
export { insertInventoryEvents, type InventoryEventRow } from './stock/insert-inventory-events';
export { insertMovements, type MovementRow } from './stock/insert-movements';
export {
  insertOutboxMessages,
  OUTBOX_PARTITIONS,
  outboxPartitionOf,
  type OutboxRow,
} from './stock/insert-outbox-messages';
export { type ItemKey, itemKeyText, NIL_UUID } from './stock/item-key';
export { type HolderQuery, lockItems, type LockedItem } from './stock/lock-items';
export {
  type ClockAndRules,
  readClockAndRules,
  type StoredThresholdRule,
} from './stock/read-clock-and-rules';
export { updateItems } from './stock/update-items';
export { beginSuspect } from './suspects/begin-suspect';
export { endSuspect } from './suspects/end-suspect';
export { withTransaction } from './transactions/with-transaction';
export { writeTogether } from './transactions/write-together';
export type { Snapshot } from './outbox/snapshot';
export { deleteWarehouse } from './warehouses/delete-warehouse';
export { insertWarehouse } from './warehouses/insert-warehouse';
export type { StoredWarehouse, WarehouseDetails } from './warehouses/stored-warehouse';
