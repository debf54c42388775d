import { databaseAway } from '../scenarios/database-away';
import { killedBeforeCommit } from '../scenarios/crash-scenarios';
import { failedBatch } from '../scenarios/failed-batch';
import { missingDeadLetterQueue } from '../scenarios/missing-dead-letter-queue';
import type { Mutant } from './mutant';

const MESSAGING = 'libs/messaging/src';
const CONSUMER = `${MESSAGING}/consumer/create-batch-consumer.ts`;

/** Between the queue and the ledger. */
export const consumerMutants: readonly Mutant[] = [
  {
    name: 'ack-before-commit',
    bug: 'a batch is acknowledged before it has had its effect',
    scenario: killedBeforeCommit,
    verdicts: ['lost'],
    edits: {
      'ingest-worker': [
        {
          file: CONSUMER,
          find: 'await this.#runner.run(batch);',
          replace: `first.session.settle(batch.map((entry) => entry.message.fields.deliveryTag));
            await this.#runner.run(batch);`,
        },
      ],
    },
  },
  {
    name: 'requeue-on-failure',
    bug: 'a batch that failed goes back to its queue, behind what was delivered since',
    scenario: failedBatch,
    verdicts: ['order violated', 'wrong effect'],
    edits: {
      'ingest-worker': [
        {
          file: CONSUMER,
          find: 'await this.#runner.run(batch);',
          replace: `try { await this.#runner.run(batch); } catch {
            for (const entry of batch) entry.session.requeue(entry.message);
            return;
          }`,
        },
        {
          file: `${MESSAGING}/consumer/consumer-session.ts`,
          find: 'isConsuming: () => !lost',
          replace: `requeue(message) {
            channel.nack(message, false, true);
            acks.settle(message.fields.deliveryTag);
          },
          isConsuming: () => !lost`,
        },
        {
          file: `${MESSAGING}/consumer/run-batch.ts`,
          find: 'const error = coerceError(thrown);',
          replace: 'throw thrown;\nconst error = coerceError(thrown);',
        },
      ],
    },
  },
  {
    name: 'outage-costs-attempts',
    bug: 'an outage counts as a failure of the message',
    scenario: databaseAway,
    verdicts: ['innocent message dead-lettered'],
    edits: {
      'ingest-worker': [
        {
          file: `${MESSAGING}/failure-action.ts`,
          find: "return isRetryable(error) || ENVIRONMENT_CLASSES.has(sqlStateClass(error) ?? '');",
          replace: 'return false;',
        },
      ],
    },
  },
  {
    name: 'dead-letter-unconfirmed',
    bug: 'a refused message is acknowledged before its dead letter is confirmed',
    scenario: missingDeadLetterQueue,
    verdicts: ['lost'],
    edits: {
      'ingest-worker': [
        {
          file: `${MESSAGING}/dead-letter/create-dead-letter-publisher.ts`,
          find: "await within(send(to, message, properties), timeoutMs, 'the confirm of a dead letter');",
          replace: 'send(to, message, properties).catch(() => undefined);',
        },
      ],
    },
  },
];
