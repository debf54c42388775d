import { waitUntil } from '@inventory-events/testing';
import type { AbuseCase, AbuseContext } from './abuse-case';
import { type AbuseRecord, createAbuseRecord } from './abuse-record';
import type { Target } from './world/open-abuse-world';
import { watchInnocents } from './world/watch-innocents';

export interface AbuseOutcome extends Pick<AbuseRecord, 'answers' | 'findings' | 'notes'> {
  readonly sent: number;
  /** The longest that a caller who meant no ill has waited meanwhile. */
  readonly slowestMs: number;
}

const READY_TIMEOUT_MS = 10_000;

/** Plays a case, with callers beside it who mean no ill; the APIs must be well afterwards. */
export async function runAbuseCase(
  abuse: Pick<AbuseCase, 'run'>,
  context: AbuseContext,
): Promise<AbuseOutcome> {
  const { world } = context;
  const record = createAbuseRecord();
  const logged = world.targets.map(({ app }) => app.logs().length);
  const innocents = watchInnocents(world, record);
  try {
    await abuse.run(context, record);
  } finally {
    await innocents.stop();
  }
  for (const [index, target] of world.targets.entries()) {
    await judgeWellBeing(target, logged[index] ?? 0, record);
  }
  const { answers, findings, notes } = record;
  return { answers, findings, notes, sent: record.sent(), slowestMs: innocents.slowestMs() };
}

async function judgeWellBeing(
  { name, app }: Target,
  loggedBefore: number,
  record: AbuseRecord,
): Promise<void> {
  if (!app.isRunning()) {
    record.find('fell over', name, app.logs().slice(-500));
    return;
  }
  try {
    await waitUntil(() => app.isReady(), { timeoutMs: READY_TIMEOUT_MS });
  } catch {
    record.find('fell over', name, 'is not ready any more');
  }
  // What is logged as an error is a fault of ours or of a server's, and neither is to be seen here.
  const lines = app.logs().slice(loggedBefore).split('\n');
  const error = lines.find((line) => /^\{"level":"(?:error|fatal)"/.test(line));
  if (error !== undefined) record.find('server fault', name, error.slice(0, 500));
}
