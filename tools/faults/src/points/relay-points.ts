import type { FaultPoint } from './fault-point';

const RELAY = 'apps/outbox-relay/src/relay/relay.ts';
const OUTBOX = 'libs/data-access/src/outbox';
const apps = ['outbox-relay'] as const;

/** From the outbox to the broker. */
export const relayPoints: readonly FaultPoint[] = [
  {
    name: 'relay.read',
    apps,
    file: 'apps/outbox-relay/src/relay/claimer.ts',
    anchor: 'if (!this.#abort.signal.aborted) onBatch(batch);',
    place: 'before',
    meaning: 'events are read from the outbox',
  },
  {
    name: 'relay.refilled',
    apps,
    file: 'apps/outbox-relay/src/relay/lane-refiller.ts',
    anchor: 'const byPosition = new Map(',
    place: 'before',
    meaning: 'events that had not fitted into memory are read again',
  },
  {
    name: 'relay.before-publish',
    apps,
    file: RELAY,
    anchor: 'message = toOutgoingMessage(event);',
    place: 'before',
    meaning: 'an event is next of its item, nothing is sent',
  },
  {
    name: 'relay.published',
    apps,
    file: RELAY,
    anchor: 'this.#settle(lane, event, outcome, detail),\n    );',
    place: 'after',
    meaning: 'the event is written to the socket and not confirmed',
  },
  {
    name: 'relay.confirmed',
    apps,
    file: RELAY,
    anchor: 'this.#lanes.confirmed(lane);',
    place: 'before',
    meaning: 'the broker has it, the row is not deleted',
  },
  {
    name: 'relay.before-delete',
    apps,
    file: `${OUTBOX}/delete-outbox-rows.ts`,
    anchor: 'const { rowCount } = await db.query({',
    place: 'before',
    meaning: 'confirmed rows are about to be deleted',
  },
  {
    name: 'relay.after-delete',
    apps,
    file: `${OUTBOX}/delete-outbox-rows.ts`,
    anchor: 'return rowCount ?? 0;',
    place: 'before',
    meaning: 'confirmed rows are deleted',
  },
  {
    name: 'relay.before-failure-record',
    apps,
    file: `${OUTBOX}/record-outbox-failures.ts`,
    anchor: 'const { rows } = await db.query',
    place: 'before',
    meaning: 'an attempt has failed, which is not stored',
  },
  {
    name: 'relay.after-failure-record',
    apps,
    file: `${OUTBOX}/record-outbox-failures.ts`,
    anchor: 'return new Set(',
    place: 'before',
    meaning: 'the failed attempt is stored',
  },
  {
    name: 'relay.before-park',
    apps,
    file: `${OUTBOX}/park-outbox-row.ts`,
    anchor: 'const { rowCount } = await db.query({',
    place: 'before',
    meaning: 'the last attempt has failed, the event is not set aside',
  },
  {
    name: 'relay.after-park',
    apps,
    file: `${OUTBOX}/park-outbox-row.ts`,
    anchor: 'return rowCount === 1;',
    place: 'before',
    meaning: 'the event is set aside, its item has not gone on',
  },
];
