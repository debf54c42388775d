export type {
  AmqpConnection,
  ChannelOptions,
  ConfirmChannelOptions,
  ManagedChannel,
  PlainChannelOptions,
} from './connection/amqp-connection';
export type { ConnectOptions } from './connection/connect-once';
export {
  createAmqpConnection,
  type AmqpConnectionOptions,
} from './connection/create-amqp-connection';

export type {
  BatchConsumer,
  BatchConsumerObserver,
  BatchConsumerOptions,
  BatchConsumerState,
} from './consumer/batch-consumer';
export { createBatchConsumer } from './consumer/create-batch-consumer';
export type { BatchVerdicts } from './consumer/run-batch';

export {
  createDeadLetterPublisher,
  type DeadLetterPublisher,
  type DeadLetterPublisherOptions,
} from './dead-letter/create-dead-letter-publisher';
export { deadLetterHeaders } from './dead-letter/dead-letter-headers';

export { failureAction, isOutage, type FailureAction } from './failure-action';

export type {
  ConfirmPublisher,
  OutgoingMessage,
  OutgoingProperties,
  PublishOutcome,
} from './publisher/confirm-publisher';
export {
  createConfirmPublisher,
  type ConfirmPublisherOptions,
} from './publisher/create-confirm-publisher';

export type { DeclareContext } from './topology/declare-tolerantly';
export { declareEventsTopology } from './topology/declare-events-topology';
export {
  declareUpdatesPartition,
  declareUpdatesPartitions,
  type PartitionsContext,
} from './topology/declare-updates-partitions';
export { declareDeadLetters, type IncomingKind } from './topology/declare-dead-letters';
export { declareIncomingQueue } from './topology/declare-incoming-queue';
export { declareOrdersQueue } from './topology/declare-orders-queue';

export type { ConsumeMessage, Message, MessageProperties } from 'amqplib';
export type { SuspectRegister } from './consumer/suspect-register';
export { SUSPECT_AFTER_DELIVERIES } from './consumer/step-size';
