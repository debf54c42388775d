import type { FaultPoint } from './fault-point';

const LEDGER = 'libs/stock-ledger/src/create-stock-ledger.ts';
const apps = ['ingest-worker'] as const;

/** The transaction of a batch. */
export const ledgerPoints: readonly FaultPoint[] = [
  {
    name: 'ledger.before-begin',
    apps,
    file: LEDGER,
    anchor: 'const client = await pool.connect();',
    place: 'before',
    meaning: 'there is no transaction yet',
  },
  {
    name: 'ledger.items-created',
    apps,
    file: LEDGER,
    anchor: 'await ensureItems(pool, outcome.missing);',
    place: 'after',
    meaning: 'rows of items never seen before are committed, nothing else of the batch',
  },
  {
    name: 'ledger.items-locked',
    apps,
    file: 'libs/data-access/src/stock/lock-items.ts',
    anchor: 'return rows.map(toLockedItem);',
    place: 'before',
    meaning: 'BEGIN is done and the items are locked',
  },
  {
    name: 'ledger.inbox-read',
    apps,
    file: 'libs/data-access/src/stock/find-processed-messages.ts',
    anchor: 'return rows.map(([messageId',
    place: 'before',
    meaning: 'it is known which messages had their effect',
  },
  {
    name: 'ledger.before-writes',
    apps,
    file: LEDGER,
    anchor: 'const results = await decideAndWrite(client, batch, commands);',
    place: 'before',
    meaning: 'all is known that is decided upon, nothing is written',
  },
  {
    name: 'ledger.before-commit',
    apps,
    file: LEDGER,
    anchor: "statements.push(client.query('COMMIT'));",
    place: 'before',
    // The statements and COMMIT travel together; only an instrumented build waits between them.
    prelude: 'await settled(statements.splice(0));\n',
    meaning: 'all is written, nothing is committed',
  },
  {
    name: 'ledger.after-commit',
    apps,
    file: LEDGER,
    anchor: 'return { results };',
    place: 'before',
    meaning: 'the effect is committed, nobody knows yet',
  },
];
