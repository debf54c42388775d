import type { Recovery } from '../record/history';
import type { FaultOrder } from '../world/fault-order';
import type { StartedApp } from '../world/open-world';

export interface FaultWatch {
  /**
   * Everything that was sent by `sentAt` is done at this moment: what had failed before has
   * recovered. Infinity stands for a recovery that never came.
   */
  rested(isComplete: boolean, sentAt: number): void;
  recoveries(): readonly Recovery[];
  end(): void;
}

/** Long enough for the other replica to take over, before the paused one goes on. */
export const PAUSE_MS = { 'ingest-worker': 8_000, 'outbox-relay': 3_000 } as const;
/**
 * From the fault, the end of the pause or the end of sending, whichever is last, until everything is
 * done and every app ready.
 */
export const RECOVERY_LIMIT_MS = 20_000;
const INTERVAL_MS = 20;

/** Notices when the fault happens, and lets a paused process go on after a while. */
export function watchFault(
  app: StartedApp,
  fault: FaultOrder | undefined,
  pauseMs: number,
): FaultWatch {
  let firedAt: number | undefined;
  let resumption: NodeJS.Timeout | undefined;
  const recoveries: Recovery[] = [];
  const pause = fault?.action === 'pause' ? pauseMs : 0;

  const timer = setInterval(() => {
    if (fault === undefined || firedAt !== undefined || !app.control.hasFired()) return;
    firedAt = performance.now();
    if (fault.action === 'pause') resumption = setTimeout(() => app.signal('SIGCONT'), pauseMs);
  }, INTERVAL_MS);

  return {
    rested(isComplete, sentAt) {
      if (fault === undefined || firedAt === undefined || recoveries.length > 0) return;
      const tookMs = isComplete ? performance.now() - Math.max(firedAt, sentAt) : Infinity;
      const name = `${fault.action} at ${fault.point}`;
      recoveries.push({ fault: name, tookMs, limitMs: pause + RECOVERY_LIMIT_MS });
    },
    recoveries: () => recoveries,
    end() {
      clearInterval(timer);
      clearTimeout(resumption);
      app.signal('SIGCONT');
    },
  };
}
