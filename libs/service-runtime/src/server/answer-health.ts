import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Registry } from 'prom-client';
import type { HealthReporter } from '../observability/create-health-reporter';
import { sendProblem } from '../http/problem';

export interface HealthEndpoints {
  readonly reporter: HealthReporter;
  readonly registry: Registry;
}

const PATHS = new Set(['/health', '/health/live', '/health/ready', '/metrics']);

export function isHealthPath(url: string | undefined): boolean {
  return PATHS.has(pathOf(url));
}

/**
 * `/health/live`: the process turns. `/health/ready`: dependencies are there and nothing stops.
 * `/health`: the whole report, 503 unless both hold. `/metrics`: Prometheus text. No token needed.
 */
export async function answerHealth(
  endpoints: HealthEndpoints,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    sendProblem(response, { status: 405, code: 'METHOD_NOT_ALLOWED' });
    return;
  }
  const { reporter, registry } = endpoints;
  switch (pathOf(request.url)) {
    case '/metrics':
      response.setHeader('Content-Type', registry.contentType);
      response.end(await registry.metrics());
      return;
    case '/health/live': {
      const alive = reporter.isAlive();
      sendJson(response, alive ? 200 : 503, { alive });
      return;
    }
    case '/health/ready': {
      const { ready, state, components } = await reporter.report();
      sendJson(response, ready ? 200 : 503, { ready, state, components });
      return;
    }
    default: {
      const report = await reporter.report();
      sendJson(response, report.ready && report.alive ? 200 : 503, report);
    }
  }
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.statusCode = status;
  response.setHeader('Content-Type', 'application/json');
  response.setHeader('Cache-Control', 'no-store');
  response.end(JSON.stringify(body));
}

function pathOf(url: string | undefined): string {
  return (url ?? '').split('?', 1)[0] ?? '';
}
