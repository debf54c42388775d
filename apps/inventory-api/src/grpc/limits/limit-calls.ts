import {
  type Metadata,
  type ServerInterceptor,
  ServerInterceptingCall,
  status,
} from '@grpc/grpc-js';

/** What gRPC recommends as the most; a token is the bulk of it. */
const MAX_METADATA_BYTES = 16 * 1024;
/** What RFC 7541 counts for an entry beside its name and value. */
const ENTRY_OVERHEAD_BYTES = 32;
/** From the first byte of a call to the last of its request. */
const REQUEST_TIMEOUT_MS = 30_000;

/**
 * Refuses calls with more metadata than any caller needs, which the transport alone would take, and
 * ends those whose request doesn't arrive. Both before a handler hears of them.
 */
export const limitCalls: ServerInterceptor = (method, call) => {
  let timer: NodeJS.Timeout | undefined;
  return new ServerInterceptingCall(call, {
    start(next) {
      next({
        onReceiveMetadata(metadata, pass) {
          if (sizeOf(metadata) > MAX_METADATA_BYTES) {
            const details = `More than ${MAX_METADATA_BYTES} bytes of metadata.`;
            call.sendStatus({ code: status.RESOURCE_EXHAUSTED, details });
            return;
          }
          if (!method.requestStream) timer = setTimeout(endSlowCall, REQUEST_TIMEOUT_MS).unref();
          pass(metadata);
        },
        onReceiveHalfClose(pass) {
          clearTimeout(timer);
          pass();
        },
        onCancel() {
          clearTimeout(timer);
        },
      });
    },
  });

  function endSlowCall(): void {
    const details = 'The request did not arrive in time.';
    call.sendStatus({ code: status.DEADLINE_EXCEEDED, details });
  }
};

function sizeOf(metadata: Metadata): number {
  let bytes = 0;
  for (const [key, values] of Object.entries(metadata.toHttp2Headers())) {
    for (const value of [values].flat()) {
      bytes += key.length + String(value).length + ENTRY_OVERHEAD_BYTES;
    }
  }
  return bytes;
}
