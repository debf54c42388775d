import type { BuiltApp } from '../../build/app-name';
import type { StartedApp, World } from '../../world/open-world';
import type { Outage } from '../outage';
import { JUMPED, jumpingClock } from '../stage/jumping-clock';
import { limitMemory } from '../stage/limit-memory';
import { repeat } from '../stage/repeat';

const AHEAD_MS = 2 * 3_600_000;
const APPS: readonly BuiltApp[] = ['ingest-worker', 'outbox-relay', 'inventory-api'];

const stopped = APPS.map((app): Outage => {
  const isShared = app !== 'inventory-api';
  return {
    name: `${app}: stopped`,
    injected: `SIGSTOP to ${isShared ? 'one of two' : 'the only one'} for 8 s`,
    expected: isShared
      ? 'the other one takes over; what the stopped one still does when it wakes harms not'
      : 'requests wait; repeated under their key they have one effect',
    breaks: [],
    bite: 'unready',
    holdMs: 8_000,
    limitMs: 15_000,
    prepare: ({ world }) => ({
      inject: async () => firstOf(world, app).signal('SIGSTOP'),
      heal: async () => firstOf(world, app).signal('SIGCONT'),
    }),
  };
});

const clockAhead: Outage = {
  name: 'clock ahead',
  injected: 'two hours, for 5 s, in one worker, one relay and the API',
  expected: 'time is told by the database: no hold ends sooner or later',
  breaks: [],
  bite: 'told',
  holdMs: 5_000,
  limitMs: 15_000,
  prepare({ world }) {
    const jump = async () => {
      for (const app of APPS) firstOf(world, app).signal('SIGUSR2');
    };
    return {
      environment: (_, replica): Record<string, string> =>
        replica === 0 ? { NODE_OPTIONS: jumpingClock(AHEAD_MS) } : {},
      inject: jump,
      heal: jump,
      tell() {
        const jumped = APPS.filter((app) => firstOf(world, app).logs().includes(JUMPED));
        return jumped.length === APPS.length ? `the clock of ${jumped.length} jumped` : undefined;
      },
    };
  },
};

const outOfMemory: Outage = {
  name: 'memory limit',
  injected: 'one worker, one relay and the API get no memory any more for 4 s (prlimit)',
  expected: 'they end and are started again; the others go on',
  breaks: [],
  bite: 'deaths',
  holdMs: 4_000,
  limitMs: 20_000,
  prepare({ world }) {
    const limit = async (isLimited: boolean) => {
      for (const app of APPS) await limitMemory(firstOf(world, app), isLimited);
    };
    const limiting = repeat(500, () => limit(true));
    return {
      inject: async () => limiting.start(),
      async heal() {
        await limiting.stop();
        await limit(false);
      },
    };
  },
};

function firstOf({ apps }: World, name: BuiltApp): StartedApp {
  const app = apps.find(({ label }) => label.startsWith(name));
  if (app === undefined) throw new Error(`${name} was not started`);
  return app;
}

export const processOutages: readonly Outage[] = [...stopped, clockAhead, outOfMemory];
