import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { coerceError } from '@inventory-events/errors';
import type { Service } from '../lifecycle/service';
import type { Logger } from '../observability/create-logger';
import { answerClientError } from './answer-client-error';
import { answerHealth, isHealthPath, type HealthEndpoints } from './answer-health';
import { sendProblem } from '../http/problem';
import type { HttpApp } from './http-app';
import { takeTurns } from './take-turns';

export interface ServiceServerOptions extends HealthEndpoints {
  readonly port: number;
  readonly host?: string;
  readonly logger: Logger;
  readonly httpApp?: HttpApp;
}

export interface ServiceServer {
  listen(): Promise<void>;
  port(): number;
  /**
   * The API's turn in the stop sequence: new requests get 503, those under way are waited for.
   * Health and metrics are answered until `close`.
   */
  readonly intake: Service;
  close(): Promise<void>;
}

/**
 * Node keeps slow clients for minutes by default, and looks for them every 30 s only. Proxies keep an
 * idle connection for 60 s: one that is closed just when they send a request into it is an error to
 * their client, so they are to be the first to close it.
 */
const TIMEOUTS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 75_000,
  connectionsCheckingInterval: 2_000,
};
const MAX_HEADER_BYTES = 16 * 1024;
/** What Node would refuse by itself, it would refuse without a body. */
const OWN_REFUSALS = { requireHostHeader: false };
/** Connections that wait to be taken: those beyond it ask again after one second, then after three. */
const BACKLOG = 4_096;
/** A connection on which nothing moves, a reader of a long answer that stopped reading included. */
const IDLE_SOCKET_TIMEOUT_MS = 120_000;

/** The one HTTP server of an app: health, metrics and, where there is one, its API. */
export function createServiceServer(options: ServiceServerOptions): ServiceServer {
  const { logger, httpApp } = options;
  const requests = trackRequests(() => server);
  const turns = takeTurns((req, res) => {
    if (req.httpVersion === '1.1' && req.headers.host === undefined) {
      res.setHeader('Connection', 'close');
      sendProblem(res, { status: 400, code: 'INVALID_REQUEST' });
    } else if (isHealthPath(req.url)) {
      answerHealth(options, req, res).catch((error: unknown) => {
        logger.error({ err: coerceError(error) }, 'health endpoint failed');
        if (!res.headersSent) sendProblem(res, { status: 500, code: 'INTERNAL' });
      });
    } else if (requests.isRefusing()) {
      refuse(res);
    } else if (httpApp === undefined) {
      sendProblem(res, { status: 404, code: 'NOT_FOUND' });
    } else {
      requests.track(res);
      httpApp.handle(req, res);
    }
  });
  const limits = { ...TIMEOUTS, ...OWN_REFUSALS, maxHeaderSize: MAX_HEADER_BYTES };
  const server = createServer({ ...limits, ...httpApp?.messages }, turns.listener);
  server.setTimeout(IDLE_SOCKET_TIMEOUT_MS);
  server.on('checkExpectation', (_req, res) => {
    sendProblem(res, { status: 417, code: 'INVALID_REQUEST' });
  });
  server.on('clientError', (error, socket) => {
    if (turns.isAnswerDue(socket)) socket.destroy();
    else answerClientError(error, socket);
  });

  return {
    port: () => (server.address() as AddressInfo | null)?.port ?? 0,
    async listen() {
      server.listen({ port: options.port, host: options.host, backlog: BACKLOG });
      await once(server, 'listening');
      server.on('error', (error) => logger.error({ err: error }, 'HTTP server error'));
    },
    intake: {
      name: 'http-server',
      start: () => Promise.resolve(),
      stopIntake() {
        requests.refuse();
        server.closeIdleConnections();
        return Promise.resolve();
      },
      drain: (signal) => requests.drain(signal),
    },
    close: () => closeServer(server),
  };
}

function refuse(response: ServerResponse): void {
  response.setHeader('Connection', 'close');
  response.setHeader('Retry-After', '1');
  sendProblem(response, { status: 503, code: 'SHUTTING_DOWN' });
}

async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

/**
 * Counts the API's requests under way, so that a stop can wait for them. A set of them would keep
 * far more: each time its table is made anew, V8's young collections take for alive whatever stood
 * in the table before.
 */
function trackRequests(server: () => Server) {
  let open = 0;
  let refusing = false;
  let onEmpty: (() => void) | undefined;
  return {
    isRefusing: () => refusing,
    refuse() {
      refusing = true;
    },
    track(response: ServerResponse) {
      open += 1;
      response.once('close', () => {
        open -= 1;
        if (open === 0) onEmpty?.();
      });
    },
    async drain(signal: AbortSignal): Promise<void> {
      const closeAll = (): void => server().closeAllConnections();
      signal.addEventListener('abort', closeAll, { once: true });
      if (signal.aborted) closeAll();
      if (open > 0) {
        await new Promise<void>((resolve) => {
          onEmpty = resolve;
        });
      }
      signal.removeEventListener('abort', closeAll);
    },
  };
}
