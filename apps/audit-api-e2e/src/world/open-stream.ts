import { once } from 'node:events';
import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import { waitUntil } from '@inventory-events/testing';
import { signToken, type TokenClaims } from './sign-token';

export interface StreamedEvent {
  readonly position: string;
  readonly data: { readonly id: string; readonly [name: string]: unknown };
}

export interface OpenStream {
  readonly status: number;
  readonly events: StreamedEvent[];
  text(): string;
  isEnded(): boolean;
  waitForEvents(count: number): Promise<StreamedEvent[]>;
  close(): void;
  /** Stops reading, as a client that hangs. */
  pause(): void;
}

export interface StreamOptions {
  readonly query?: string;
  readonly lastEventId?: string | undefined;
  readonly claims?: TokenClaims;
}

/** A client of the live stream that keeps everything it got. */
export async function openStream(
  url: string,
  { query = '', lastEventId, claims = { roles: ['viewer'] } }: StreamOptions = {},
): Promise<OpenStream> {
  const outgoing: ClientRequest = request(`${url}/api/v1/events/stream${query}`, {
    headers: {
      authorization: `Bearer ${signToken(claims)}`,
      ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
    },
    agent: false,
  });
  outgoing.on('error', () => undefined); // a stream that is cut ends; the test looks at that
  outgoing.end();
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  const events: StreamedEvent[] = [];
  let text = '';
  let parsedTo = 0;
  let ended = false;
  response.setEncoding('utf8');
  response.on('error', () => undefined);
  response.on('close', () => (ended = true));
  response.on('data', (chunk: string) => {
    text += chunk;
    for (;;) {
      const end = text.indexOf('\n\n', parsedTo);
      if (end < 0) return;
      const event = parseBlock(text.slice(parsedTo, end));
      if (event) events.push(event);
      parsedTo = end + 2;
    }
  });
  return {
    status: response.statusCode ?? 0,
    events,
    text: () => text,
    isEnded: () => ended,
    async waitForEvents(count) {
      const message = () => `${count} events, saw ${events.length}`;
      await waitUntil(() => events.length >= count, { timeoutMs: 60_000, message });
      return events;
    },
    close: () => void outgoing.destroy(),
    pause: () => void response.pause(),
  };
}

function parseBlock(block: string): StreamedEvent | undefined {
  const fields = new Map(
    block.split('\n').map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1).trimStart()] as const;
    }),
  );
  const data = fields.get('data');
  if (data === undefined) return undefined;
  return { position: fields.get('id') ?? '', data: JSON.parse(data) as StreamedEvent['data'] };
}
