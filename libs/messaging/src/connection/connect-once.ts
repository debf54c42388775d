import { connect, type ChannelModel } from 'amqplib';

const CONNECT_TIMEOUT_MS = 10_000;
const DEFAULT_HEARTBEAT_SECONDS = 10;

export interface ConnectOptions {
  readonly url: string;
  /** Shown in the broker's list of connections. */
  readonly name: string;
  readonly heartbeatSeconds?: number;
}

export async function connectOnce(options: ConnectOptions): Promise<ChannelModel> {
  const url = new URL(options.url);
  if (!url.searchParams.has('heartbeat')) {
    const heartbeat = options.heartbeatSeconds ?? DEFAULT_HEARTBEAT_SECONDS;
    url.searchParams.set('heartbeat', String(heartbeat));
  }
  return connect(url.toString(), {
    noDelay: true,
    keepAlive: true,
    timeout: CONNECT_TIMEOUT_MS,
    clientProperties: { connection_name: options.name },
  });
}
