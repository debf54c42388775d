import type { FaultPoint } from './fault-point';

const CONSUMER = 'libs/messaging/src/consumer/create-batch-consumer.ts';
const RUNNER = 'libs/messaging/src/consumer/create-batch-runner.ts';
const DEAD_LETTERS = 'libs/messaging/src/dead-letter/create-dead-letter-publisher.ts';
const apps = ['ingest-worker'] as const;

/** From the queue to the ledger, from the ledger to the ack, and to the dead-letter queue. */
export const consumerPoints: readonly FaultPoint[] = [
  {
    name: 'consumer.subscribed',
    apps,
    file: CONSUMER,
    anchor: 'await session.consume();',
    place: 'after',
    meaning: 'consuming a queue has begun',
  },
  {
    name: 'consumer.received',
    apps,
    file: CONSUMER,
    anchor: 'this.#lane.push(entry);',
    place: 'before',
    meaning: 'a message is there and decoded',
  },
  {
    name: 'consumer.batch-taken',
    apps,
    file: CONSUMER,
    anchor: 'await this.#runner.run(batch);',
    place: 'before',
    meaning: 'a batch is about to be worked on',
  },
  {
    name: 'consumer.before-ack',
    apps,
    file: CONSUMER,
    anchor: 'first.session.settle(',
    place: 'before',
    meaning: 'the batch has had its effect, its messages are not acknowledged',
  },
  {
    name: 'consumer.after-ack',
    apps,
    file: CONSUMER,
    anchor: 'const durationMs = performance.now() - startedAt;',
    place: 'before',
    meaning: 'the acknowledgement is written to the socket',
  },
  {
    name: 'dead-letter.before-publish',
    apps,
    file: RUNNER,
    anchor: 'await options.deadLetters.publish(entry.message, rejection);',
    place: 'before',
    meaning: 'a message is refused and still in its queue alone',
  },
  {
    name: 'dead-letter.published',
    apps,
    file: DEAD_LETTERS,
    anchor: 'publishReadable(to, { exchange, routingKey, message, properties }, settle);',
    place: 'after',
    meaning: 'the dead letter is written to the socket and not confirmed',
  },
  {
    name: 'dead-letter.confirmed',
    apps,
    file: RUNNER,
    anchor: 'observer?.deadLettered?.(rejection.code);',
    place: 'before',
    meaning: 'the dead letter is confirmed, the message itself is not acknowledged',
  },
];
