import { APP_NAMES, type BuiltApp } from '../../build/app-name';
import { pointsOf } from '../../points/fault-points';
import type { Random } from '../../workload/random';
import type { ChaosFault, FaultKind, LinkedServer } from './chaos-fault';

/** The apps of a world, and how many replicas of each. */
export const REPLICAS_OF: Readonly<Record<BuiltApp, number>> = {
  'ingest-worker': 2,
  'outbox-relay': 2,
  'inventory-api': 1,
};

export const BUILT_APPS = Object.keys(REPLICAS_OF) as BuiltApp[];

/** The servers that an app talks to. */
export const SERVERS_OF: Readonly<Record<BuiltApp, readonly LinkedServer[]>> = {
  'inventory-api': ['postgresql', 'redis'],
  'ingest-worker': ['postgresql', 'rabbitmq', 'redis'],
  'outbox-relay': ['postgresql', 'rabbitmq'],
};

interface FaultTemplate {
  /** How often it is drawn, compared with the others. */
  readonly weight: number;
  /** The shortest and the longest. */
  readonly forMs: readonly [number, number];
  /** `spare`: nothing may end the processes of any replica but the first of two. */
  draw(random: Random, spare: boolean): ChaosFault;
}

const INSTANT = [0, 0] as const;

function network(
  kind: 'network cut' | 'network refused' | 'network silent' | 'network half-open',
  weight: number,
  forMs: readonly [number, number],
): FaultTemplate {
  return { weight, forMs, draw: (random) => ({ kind, ...link(random) }) };
}

export const FAULT_TEMPLATES: Readonly<Record<FaultKind, FaultTemplate>> = {
  'process killed': {
    weight: 3,
    forMs: INSTANT,
    draw: (random, spare) => ({ kind: 'process killed', ...replicaToEnd(random, spare) }),
  },
  'process paused': {
    weight: 2,
    forMs: [300, 8_000],
    draw: (random) => ({ kind: 'process paused', ...replica(random) }),
  },
  'crash point': { weight: 9, forMs: [2_000, 6_000], draw: drawCrashPoint },
  'network cut': network('network cut', 2, INSTANT),
  'network refused': network('network refused', 2, [300, 5_000]),
  'network silent': network('network silent', 2, [300, 6_000]),
  'network half-open': network('network half-open', 2, [300, 8_000]),
  'network slow': {
    weight: 2,
    forMs: [1_000, 5_000],
    draw: (random) => ({
      kind: 'network slow',
      ...link(random),
      delayMs: 5 + random.below(100),
    }),
  },
  'network cut midway': {
    weight: 3,
    forMs: [1_000, 4_000],
    draw: (random) => ({
      kind: 'network cut midway',
      ...link(random),
      direction: random.pick(['to-server', 'to-client']),
      bytes: 1 + random.below(20_000),
      deliver: random.chance(0.5),
    }),
  },
  'sessions terminated': {
    weight: 2,
    forMs: INSTANT,
    draw: (random) => ({ kind: 'sessions terminated', app: random.pick(BUILT_APPS) }),
  },
  'connections closed': {
    weight: 2,
    forMs: INSTANT,
    draw: (random) => ({
      kind: 'connections closed',
      whose: random.pick([...APP_NAMES, 'clients']),
    }),
  },
  'exchange deleted': {
    weight: 1,
    forMs: [200, 3_000],
    draw: () => ({ kind: 'exchange deleted' }),
  },
  'queue unbound': {
    weight: 1,
    forMs: [200, 3_000],
    draw: (random) => ({ kind: 'queue unbound', queue: random.pick(['observer', 'orders']) }),
  },
  'keys deleted': { weight: 1, forMs: INSTANT, draw: () => ({ kind: 'keys deleted' }) },
};

export const FAULT_KINDS = Object.keys(FAULT_TEMPLATES) as FaultKind[];

function drawCrashPoint(random: Random, spare: boolean): ChaosFault {
  const action = random.pick(['kill', 'pause', 'throw'] as const);
  const app = random.pick(APP_NAMES);
  const number = spare && action !== 'pause' ? 0 : random.below(REPLICAS_OF[app]);
  const point = random.pick(pointsOf(app)).name;
  return { kind: 'crash point', app, replica: number, point, action, hit: 1 + random.below(5) };
}

/** Of an app that has one replica only, that one is to be spared. */
function replicaToEnd(random: Random, spare: boolean): { app: BuiltApp; replica: number } {
  return spare ? { app: random.pick(APP_NAMES), replica: 0 } : replica(random);
}

function replica(random: Random): { app: BuiltApp; replica: number } {
  const app = random.pick(BUILT_APPS);
  return { app, replica: random.below(REPLICAS_OF[app]) };
}

function link(random: Random): { app: BuiltApp; replica: number; server: LinkedServer } {
  const of = replica(random);
  return { ...of, server: random.pick(SERVERS_OF[of.app]) };
}
