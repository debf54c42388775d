import { Client, credentials, Metadata, status, type ServiceError } from '@grpc/grpc-js';
import { signToken } from './sign-token';

export interface RawCall {
  /** `package.Service/Method` */
  readonly method: string;
  /** The message as it goes over the wire, right or wrong. */
  readonly bytes: Uint8Array;
  readonly deadlineMs?: number;
  readonly metadata?: Readonly<Record<string, string>>;
}

export interface RawAnswer {
  readonly code: string;
  readonly details: string;
  readonly bytes: Buffer;
}

/** Calls without any generated code in between, as often as needed over one connection. */
export function createRawCaller(port: number) {
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure(), {
    'grpc.use_local_subchannel_pool': 1,
  });
  const token = signToken({ roles: ['operator'], sub: 'grpc-raw' });
  return {
    call({ method, bytes, deadlineMs, metadata = {} }: RawCall): Promise<RawAnswer> {
      const sent = new Metadata();
      sent.set('authorization', `Bearer ${token}`);
      for (const [key, value] of Object.entries(metadata)) sent.set(key, value);
      const deadline = deadlineMs === undefined ? Infinity : Date.now() + deadlineMs;
      return new Promise((resolve) => {
        client.makeUnaryRequest(
          `/${method}`,
          (message: Uint8Array) => Buffer.from(message),
          (answer: Buffer) => answer,
          bytes,
          sent,
          { deadline },
          (error: ServiceError | null, answer: Buffer = Buffer.alloc(0)) => {
            const { code = status.OK, details = '' } = error ?? {};
            resolve({ code: status[code], details, bytes: answer });
          },
        );
      });
    },
    close: () => client.close(),
  };
}
