export type {
  AmqpConnection,
  ChannelOptions,
  ConfirmChannelOptions,
  ManagedChannel,
  PlainChannelOptions,
} from './connection/amqp-connection';
export {
  createAmqpConnection,
  type AmqpConnectionOptions,
} from './connection/create-amqp-connection';
