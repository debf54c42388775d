import {
  Metadata,
  type ServerInterceptingCallInterface,
  type ServerMethodDefinition,
  status,
} from '@grpc/grpc-js';
import { limitCalls } from './limit-calls';

type Listener = Parameters<ServerInterceptingCallInterface['start']>[0];

/** Starts a call below the interceptor, and keeps what is said to it and to its handler. */
function startCall({ requestStream = false, metadata = new Metadata() } = {}) {
  const statuses: (status | null | undefined)[] = [];
  const heard: string[] = [];
  let wire: Listener | undefined;
  const call = {
    start: (listener: Listener) => void (wire = listener),
    sendStatus: ({ code }: { code?: status | null }) => void statuses.push(code),
  } as unknown as ServerInterceptingCallInterface;
  const method = { path: '/s/m', requestStream } as ServerMethodDefinition<unknown, unknown>;
  limitCalls(method, call).start({
    onReceiveMetadata: () => void heard.push('metadata'),
    onReceiveMessage: () => void heard.push('message'),
    onReceiveHalfClose: () => void heard.push('end'),
    onCancel: () => void heard.push('cancel'),
  });
  wire?.onReceiveMetadata(metadata);
  return { statuses, heard, wire };
}

function metadataOf(value: string): Metadata {
  const metadata = new Metadata();
  metadata.set('x-padding', value);
  return metadata;
}

describe('limitCalls', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('refuses too much metadata, and the handler never hears of it', () => {
    const { statuses, heard } = startCall({ metadata: metadataOf('p'.repeat(16 * 1024)) });
    expect(statuses).toEqual([status.RESOURCE_EXHAUSTED]);
    expect(heard).toEqual([]);
  });

  it('lets through as much as a large token', () => {
    const { statuses, heard } = startCall({ metadata: metadataOf('p'.repeat(9 * 1024)) });
    expect(statuses).toEqual([]);
    expect(heard).toEqual(['metadata']);
  });

  it('ends a call whose request does not arrive', () => {
    const { statuses } = startCall();
    jest.advanceTimersByTime(29_999);
    expect(statuses).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(statuses).toEqual([status.DEADLINE_EXCEEDED]);
  });

  it('leaves alone a call whose request is there, one that ended, and a stream', () => {
    const complete = startCall();
    complete.wire?.onReceiveHalfClose();
    const cancelled = startCall();
    cancelled.wire?.onCancel();
    const stream = startCall({ requestStream: true });
    jest.advanceTimersByTime(60_000);
    expect([complete, cancelled, stream].flatMap(({ statuses }) => statuses)).toEqual([]);
    expect(jest.getTimerCount()).toBe(0);
  });
});
