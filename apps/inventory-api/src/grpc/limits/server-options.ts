import type { ServerOptions } from '@grpc/grpc-js';

const SECONDS = 1_000;
const MINUTES = 60 * SECONDS;

/** As of an HTTP body; a thousand lines with every id that a line may have are half of it. */
export const MAX_MESSAGE_BYTES = 256 * 1024;

/** What one connection may cost. */
export const SERVER_OPTIONS: ServerOptions = {
  'grpc.max_receive_message_length': MAX_MESSAGE_BYTES,
  // Bounds what a connection can make us hold: calls beyond wait at the client.
  'grpc.max_concurrent_streams': 256,
  // Finds peers that are gone without a word, whose calls would stay open.
  'grpc.keepalive_time_ms': 1 * MINUTES,
  'grpc.keepalive_timeout_ms': 20 * SECONDS,
  // A client stays with the replica that it reached first: now and then it has to choose again, or
  // a new replica would get no load. The calls under way have the grace time to finish.
  'grpc.max_connection_age_ms': 10 * MINUTES,
  'grpc.max_connection_age_grace_ms': 30 * SECONDS,
  'grpc.max_connection_idle_ms': 5 * MINUTES,
  // Channelz stays on: with it off, a forced shutdown forgets the connections.
};
