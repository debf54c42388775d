import type { LifecycleState } from '../lifecycle/create-lifecycle';
import type { Service } from '../lifecycle/service';

export interface ComponentHealth {
  readonly ready: boolean;
  readonly alive: boolean;
  readonly detail?: string;
}

export interface HealthReport {
  readonly service: string;
  readonly state: LifecycleState;
  readonly ready: boolean;
  readonly alive: boolean;
  readonly uptimeSeconds: number;
  readonly components: Readonly<Record<string, ComponentHealth>>;
}

export interface HealthReporter {
  /** The process answers (so its event loop turns) and every loop with a heartbeat beats. */
  isAlive(): boolean;
  report(): Promise<HealthReport>;
}

export interface HealthReporterOptions {
  readonly service: string;
  readonly services: readonly Service[];
  readonly state: () => LifecycleState;
  readonly checkTimeoutMs?: number;
}

export function createHealthReporter(options: HealthReporterOptions): HealthReporter {
  const { service: name, services, state, checkTimeoutMs = 2_000 } = options;
  const isAlive = (): boolean => services.every((service) => service.isAlive?.() ?? true);
  return {
    isAlive,
    async report() {
      const entries = await Promise.all(
        services.map(
          async (service) => [service.name, await inspect(service, checkTimeoutMs)] as const,
        ),
      );
      return {
        service: name,
        state: state(),
        ready: state() === 'running' && entries.every(([, component]) => component.ready),
        alive: isAlive(),
        uptimeSeconds: Math.round(process.uptime()),
        components: Object.fromEntries(entries),
      };
    },
  };
}

async function inspect(service: Service, timeoutMs: number): Promise<ComponentHealth> {
  const alive = service.isAlive?.() ?? true;
  let timer: NodeJS.Timeout | undefined;
  try {
    const timeout = new Promise<'timeout'>((resolve) => {
      timer = setTimeout(resolve, timeoutMs, 'timeout');
    });
    const ready = await Promise.race([isReady(service), timeout]);
    if (ready === 'timeout') return { ready: false, alive, detail: 'readiness check timed out' };
    const detail = service.readinessDetail?.();
    return { ready, alive, ...(detail === undefined ? {} : { detail }) };
  } catch {
    // A check that throws is an answer too; its message could hold a host name or a credential.
    return { ready: false, alive, detail: 'readiness check failed' };
  } finally {
    clearTimeout(timer);
  }
}

async function isReady(service: Service): Promise<boolean> {
  return (await service.isReady?.()) ?? true;
}
