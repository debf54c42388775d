import { Agent, request } from 'node:http';
import { benchToken } from '../load/bench-token';
import type { ApiClient } from './api-client';

/** POSTs over connections that are kept, as many as there are callers. */
export function createHttpClient(options: { url: string; callers: number }): ApiClient {
  const agent = new Agent({ keepAlive: true, maxSockets: options.callers });
  const url = new URL(options.url);
  const authorization = `Bearer ${benchToken('operator')}`;
  return {
    ask(body) {
      const content = Buffer.from(JSON.stringify(body));
      return new Promise((resolve, reject) => {
        const headers = {
          authorization,
          'content-type': 'application/json',
          'content-length': content.length,
        };
        const outgoing = request(url, { agent, method: 'POST', headers }, (response) => {
          response.resume();
          response.once('error', reject);
          response.once('end', () => resolve(String(response.statusCode)));
        });
        outgoing.once('error', reject);
        outgoing.end(content);
      });
    },
    close: () => agent.destroy(),
  };
}
