import { Agent, get } from 'node:http';
import { benchToken } from '../load/bench-token';

const CALLERS = 4;

/** Milliseconds of every answer, asked by a few callers at a time over kept connections. */
export async function answerTimes(
  url: string,
  paths: readonly string[],
  count: number,
): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: CALLERS });
  const headers = { authorization: `Bearer ${benchToken('viewer')}` };
  const times: number[] = [];
  let next = 0;
  const caller = async () => {
    while (next < count) {
      const path = paths[next % paths.length] ?? '';
      next += 1;
      const startedAt = performance.now();
      await ask(new URL(path, url), agent, headers);
      times.push(performance.now() - startedAt);
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
  agent.destroy();
  return times;
}

function ask(url: URL, agent: Agent, headers: Record<string, string>): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent, headers }, (response) => {
      response.resume();
      response.once('error', reject);
      response.once('end', () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`${url.href}: ${String(response.statusCode)}`));
      });
    });
    request.once('error', reject);
  });
}
