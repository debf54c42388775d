import { killedAfterCommit, killedBeforeCommit, undisturbed } from '../scenarios/crash-scenarios';
import { expiredHold } from '../scenarios/expired-hold';
import { twoLanes } from '../scenarios/two-lanes';
import type { Mutant } from './mutant';

const LEDGER = 'libs/stock-ledger/src/create-stock-ledger.ts';
const STOCK = 'libs/data-access/src/stock';
const LOCK_ITEMS = `${STOCK}/lock-items.ts`;

const OUTBOX_WITHHELD = {
  file: LEDGER,
  find: 'if (outbox.length > 0) statements.push(insertOutboxMessages(client, outbox, nowMs));',
  replace: '(plan.withheld ??= []).push(...outbox);',
};
const INBOX_REFUSES_NOTHING = {
  file: `${STOCK}/insert-inbox-messages.ts`,
  find: 'AS m (message_id, source, body_hash, outcome, correlation_id, result)`',
  replace:
    'AS m (message_id, source, body_hash, outcome, correlation_id, result)\nON CONFLICT DO NOTHING`',
};

/** In the transaction of a batch. */
export const ledgerMutants: readonly Mutant[] = [
  {
    name: 'no-dedupe',
    bug: 'a message that had its effect is not recognised',
    scenario: undisturbed,
    verdicts: ['applied twice'],
    edits: {
      'ingest-worker': [
        INBOX_REFUSES_NOTHING,
        {
          file: `${STOCK}/find-processed-messages.ts`,
          find: 'WHERE message_id = ANY ($1::uuid[])`',
          replace: 'WHERE message_id = ANY ($1::uuid[]) AND false`',
        },
      ],
    },
  },
  {
    name: 'inbox-before-locks',
    bug: 'what was processed is looked up before the locks are held, and not refused by the table',
    scenario: twoLanes,
    verdicts: ['applied twice'],
    edits: {
      'ingest-worker': [
        INBOX_REFUSES_NOTHING,
        {
          file: LEDGER,
          find: '  const productIds = new Set(',
          replace: `  const early = findProcessedMessages(client, messageIds);
  const productIds = new Set(`,
        },
        {
          file: LEDGER,
          find: '    findProcessedMessages(client, messageIds),\n',
          replace: '    early,\n',
        },
      ],
    },
  },
  {
    name: 'unlocked-read',
    bug: 'items are read, decided upon and written back without a lock',
    scenario: twoLanes,
    verdicts: ['on_hand ≠ Σ movements', 'sequence gap'],
    edits: {
      'ingest-worker': [
        {
          file: LOCK_ITEMS,
          find: `JOIN stock_items i USING (product_id, variant_id, warehouse_id)
ORDER BY i.id
FOR NO KEY UPDATE OF i\``,
          replace: `JOIN stock_items i USING (product_id, variant_id, warehouse_id)
ORDER BY i.id\``,
        },
      ],
    },
  },
  {
    name: 'read-before-lock',
    bug: 'items are locked, and decided upon as they were before the lock was granted',
    scenario: twoLanes,
    verdicts: ['on_hand ≠ Σ movements', 'sequence gap'],
    edits: {
      'ingest-worker': [
        {
          file: LOCK_ITEMS,
          find: "const { rows } = await client.query<Row>({ ...statement, rowMode: 'array' });",
          replace: `const { values: given, text } = statement;
            const unlocked = { text: text.replace('FOR NO KEY UPDATE OF i', ''), values: given };
            const [{ rows }] = await Promise.all([
              client.query<Row>({ ...unlocked, rowMode: 'array' }),
              client.query({ ...statement, rowMode: 'array' }),
            ]);`,
        },
      ],
    },
  },
  {
    name: 'cached-decision',
    bug: 'items are decided upon as a cache remembers them',
    scenario: twoLanes,
    verdicts: ['on_hand ≠ Σ movements', 'sequence gap'],
    edits: {
      'ingest-worker': [
        {
          file: LOCK_ITEMS,
          find: 'return rows.map(toLockedItem);',
          replace: `const cache: Map<string, LockedItem> = (globalThis.cachedItems ??= new Map());
            return rows.map(toLockedItem).map((item) => cache.get(item.id) ?? item);`,
        },
        {
          file: `${STOCK}/update-items.ts`,
          find: 'await client.query({',
          replace: `for (const item of items) (globalThis.cachedItems ??= new Map()).set(item.id, item);
            await client.query({`,
        },
      ],
    },
  },
  {
    name: 'outbox-after-commit',
    bug: 'events are put into the outbox behind the COMMIT of what they tell',
    scenario: killedAfterCommit,
    verdicts: ['never published'],
    edits: {
      'ingest-worker': [
        OUTBOX_WITHHELD,
        {
          file: LEDGER,
          find: 'return { results };',
          replace: `if (batch.plan.withheld?.length > 0) {
              await insertOutboxMessages(client, batch.plan.withheld, batch.plan.nowMs);
            }
            return { results };`,
        },
      ],
    },
  },
  {
    name: 'outbox-before-commit',
    bug: 'events are put into the outbox in a transaction of their own, before the other',
    scenario: killedBeforeCommit,
    verdicts: ['published but not audited'],
    edits: {
      'ingest-worker': [
        OUTBOX_WITHHELD,
        {
          file: LEDGER,
          find: 'const results = await decideAndWrite(client, batch, commands);',
          replace: `batch.plan.elsewhere = pool;
            const results = await decideAndWrite(client, batch, commands);`,
        },
        {
          file: LEDGER,
          find: 'statements.push(...writeState(client, plan));',
          replace: `if (plan.withheld?.length > 0) {
              await insertOutboxMessages(plan.elsewhere, plan.withheld, plan.nowMs);
            }
            statements.push(...writeState(client, plan));`,
        },
      ],
    },
  },
  {
    name: 'expired-hold-committed',
    bug: 'a hold is good until somebody has swept it',
    scenario: expiredHold,
    verdicts: ['expired hold committed'],
    edits: {
      'ingest-worker': [
        {
          file: 'libs/domain/src/reservations/holds/is-overdue.ts',
          find: 'reservation.expiresAtMs <= nowMs',
          replace: 'reservation.expiresAtMs + 86_400_000 <= nowMs',
        },
      ],
    },
  },
];
