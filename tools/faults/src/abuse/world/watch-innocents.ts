import { setTimeout as delay } from 'node:timers/promises';
import type { AbuseRecord } from '../abuse-record';
import { sendRequest } from '../http/send-request';
import type { AbuseWorld, Target } from './open-abuse-world';

const INTERVAL_MS = 200;
/** So long may anybody wait while others mean ill. */
const MAX_WAIT_MS = 5_000;

export interface Innocents {
  /** The longest that one of them waited. */
  slowestMs(): number;
  stop(): Promise<void>;
}

/** Callers who want nothing special, all the while; who isn't served in time is a finding. */
export function watchInnocents({ targets, authority }: AbuseWorld, record: AbuseRecord): Innocents {
  const abort = new AbortController();
  const authorization = `Bearer ${authority.sign({ sub: 'innocent', roles: ['viewer'] })}`;
  let slowestMs = 0;

  async function ask({ name, app }: Target): Promise<void> {
    const path = name === 'inventory-api' ? '/api/v1/inventory?limit=1' : '/api/v1/events?limit=1';
    const startedAt = performance.now();
    const answer = await sendRequest(app.port, {
      method: 'GET',
      path,
      headers: { authorization },
    });
    const tookMs = Math.round(performance.now() - startedAt);
    slowestMs = Math.max(slowestMs, tookMs);
    const subject = `a caller of ${name}`;
    if (answer?.status !== 200)
      record.find('held up', subject, `${answer?.status} ${answer?.text}`);
    if (tookMs > MAX_WAIT_MS) record.find('held up', subject, `was answered after ${tookMs} ms`);
  }
  async function askAgainAndAgain(target: Target): Promise<void> {
    while (!abort.signal.aborted) {
      await ask(target);
      await delay(INTERVAL_MS, undefined, { signal: abort.signal }).catch(() => undefined); // ended
    }
  }

  const asking = Promise.all(targets.map(askAgainAndAgain));
  return {
    slowestMs: () => slowestMs,
    async stop() {
      abort.abort();
      await asking;
    },
  };
}
