import { connect, type ClientHttp2Session, constants, type OutgoingHttpHeaders } from 'node:http2';

export interface Http2Call {
  readonly path: string;
  readonly headers?: OutgoingHttpHeaders;
  /** As they go over the wire, their five bytes of prefix included. */
  readonly frames?: readonly Buffer[];
  /** Leaves in the middle of it. */
  readonly reset?: boolean;
}

export interface Http2Answer {
  readonly httpStatus: number;
  /** Undefined where there is none: the stream was reset, or this is no gRPC. */
  readonly grpcStatus: number | undefined;
  readonly message: string;
  readonly bytes: Buffer;
}

const TIMEOUT_MS = 10_000;
const { NGHTTP2_CANCEL } = constants;

/** A connection of its own; whatever ends it is not an error here. */
export function openHttp2(port: number): ClientHttp2Session {
  const session = connect(`http://127.0.0.1:${port}`).on('error', () => undefined);
  // Each stream adds one until it is connected.
  return session.setMaxListeners(0);
}

/** A gRPC call without any client library in between. */
export function callHttp2(session: ClientHttp2Session, call: Http2Call): Promise<Http2Answer> {
  const { path, headers = {}, frames = [], reset = false } = call;
  return new Promise((resolve) => {
    const stream = session.request({
      ':method': 'POST',
      ':path': path,
      'content-type': 'application/grpc',
      te: 'trailers',
      ...headers,
    });
    let httpStatus = 0;
    let grpcStatus: number | undefined;
    let message = '';
    const chunks: Buffer[] = [];
    const read = (fields: Record<string, unknown>) => {
      if (fields['grpc-status'] !== undefined) grpcStatus = Number(fields['grpc-status']);
      message += decodeURIComponent(String(fields['grpc-message'] ?? ''));
    };
    stream.setTimeout(TIMEOUT_MS, () => stream.close(NGHTTP2_CANCEL));
    stream.on('response', (fields) => {
      httpStatus = fields[':status'] ?? 0;
      read(fields);
    });
    stream.on('trailers', read);
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('error', () => undefined); // its close follows
    stream.on('close', () => {
      resolve({ httpStatus, grpcStatus, message, bytes: Buffer.concat(chunks) });
    });
    for (const frame of frames) stream.write(frame);
    if (reset) stream.close(NGHTTP2_CANCEL);
    else stream.end();
  });
}

/** A message as gRPC frames it. */
export function toFrame(message: Buffer, { isCompressed = false } = {}): Buffer {
  const prefix = Buffer.alloc(5);
  prefix.writeUInt8(isCompressed ? 1 : 0);
  prefix.writeUInt32BE(message.length, 1);
  return Buffer.concat([prefix, message]);
}
