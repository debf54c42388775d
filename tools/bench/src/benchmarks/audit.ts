import { startApp } from '@inventory-events/testing';
import type { Pool } from 'pg';
import { appEnvironment } from '../environment/app-environment';
import { createBenchEnvironment } from '../environment/bench-environment';
import { auditQuestions } from '../load/audit-questions';
import { growAuditLog } from '../load/grow-audit-log';
import { scaled } from '../load/scaled';
import { answerTimes } from '../measure/answer-times';
import { quantile } from '../measure/quantile';
import { residentMb } from '../measure/resident-mb';
import type { Figure } from '../report/figure';

const SMALL = 100_000;
const LARGE = 5_000_000;
const REQUESTS = 400;

/** What an auditor waits for, in a young log and in one that has grown fiftyfold. */
export async function audit(): Promise<Figure[]> {
  const environment = await createBenchEnvironment();
  // The limit on requests is there to stop exactly what a benchmark does.
  const env = { ...appEnvironment(environment), RATE_LIMIT_PER_MINUTE: '1000000' };
  const app = await startApp({ app: 'audit-api', env });
  try {
    const small = await measure(app.url, environment.pool, scaled(SMALL));
    const large = await measure(app.url, environment.pool, scaled(LARGE));
    return figures(small, large, residentMb(app.pid).now);
  } finally {
    await app.stop();
    await environment.close();
  }
}

async function measure(url: string, pool: Pool, rows: number): Promise<Map<string, number>> {
  await growAuditLog(pool, rows);
  const questions = await auditQuestions(pool, rows);
  const p95 = new Map<string, number>();
  for (const [name, paths] of Object.entries(questions)) {
    await answerTimes(url, paths, REQUESTS); // warms connections, plans and caches
    p95.set(name, quantile(await answerTimes(url, paths, REQUESTS), 0.95));
  }
  return p95;
}

function figures(
  small: ReadonlyMap<string, number>,
  large: ReadonlyMap<string, number>,
  memory: number,
): Figure[] {
  const unit = 'ms';
  const times = [...large].flatMap(([name, value]): Figure[] => {
    const before = small.get(name) ?? Number.NaN;
    return [
      {
        benchmark: 'audit',
        what: `${name}, p95 at ${scaled(LARGE)} rows`,
        value,
        unit,
        baseline: { what: `at ${scaled(SMALL)}`, value: before, unit },
        ratio: value / before,
        must: { atMost: 1.5 },
      },
      { benchmark: 'audit', what: `${name}, p95`, value, unit, aim: { below: 10 } },
    ];
  });
  const what = 'audit-api after its questions';
  const limits = { must: { below: 200 }, aim: { below: 130 } };
  return [...times, { benchmark: 'memory', what, value: memory, unit: 'MB', ...limits }];
}
