import type { HealthState } from 'nice-grpc-server-health';

export interface ReadinessFollowerOptions {
  readonly health: HealthState;
  /** The services that stand as the app does; '' is the app as a whole. */
  readonly serviceNames: readonly string[];
  isReady(): Promise<boolean>;
}

export interface ReadinessFollower {
  start(): void;
  /** NOT_SERVING from now on, whatever readiness says. */
  stop(): void;
}

const INTERVAL_MS = 1_000;
/** A check that takes longer says no: what it needs doesn't answer. */
const CHECK_TIMEOUT_MS = 2_000;

/** Has the health service say what readiness says, within seconds. */
export function followReadiness(options: ReadinessFollowerOptions): ReadinessFollower {
  const { health, serviceNames, isReady } = options;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;

  function tell(isServing: boolean): void {
    for (const name of serviceNames) health.setStatus(isServing ? 'healthy' : 'unhealthy', name);
  }
  async function look(): Promise<void> {
    const isServing = await settlesTrue(isReady());
    if (isStopped) return;
    tell(isServing);
    timer = setTimeout(() => void look(), INTERVAL_MS).unref();
  }

  tell(false);
  return {
    start: () => void look(),
    stop() {
      isStopped = true;
      clearTimeout(timer);
      tell(false);
    },
  };
}

async function settlesTrue(check: Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, CHECK_TIMEOUT_MS, false);
  });
  try {
    return await Promise.race([check, timeout]);
  } catch {
    // A check that throws is an answer too.
    return false;
  } finally {
    clearTimeout(timer);
  }
}
