import type { Footprint } from './footprint';

/** A pool keeps what it last needed at once for a while, and its probes overlap by chance. */
const SPARE_SESSIONS = 2;
/** What V8 takes once more before it collects, and what caches of fixed size fill up with. */
const GROWTH_MB = 48;

/**
 * What an idle world has more of than it had when it was idle before. Sessions that are there for a
 * purpose, and everything on the broker, have to be as many as a fresh start has; sessions of a
 * pool may be fewer. Memory is judged of the apps named here: those whose process is still the same.
 */
export function judgeFootprint(
  before: Footprint,
  after: Footprint,
  sameProcesses: readonly string[],
): string[] {
  return [
    ...differences('sessions', before.sessions, after.sessions, isSessionCountKept),
    ...differences('connections', before.connections, after.connections, Object.is),
    ...(before.channels === after.channels
      ? []
      : [`channels: ${after.channels} instead of ${before.channels}`]),
    ...sameProcesses.flatMap((label) => {
      const first = before.residentMb[label] ?? 0;
      const last = after.residentMb[label] ?? Infinity;
      if (last - first <= GROWTH_MB) return [];
      return [`memory of ${label}: ${last} MB instead of ${first} MB`];
    }),
  ];
}

function isSessionCountKept(before: number, after: number, name: string): boolean {
  const hasPurpose = /leases|listen/.test(name);
  return hasPurpose ? before === after : after <= before + SPARE_SESSIONS;
}

type Counts = Readonly<Record<string, number>>;

function differences(
  what: string,
  before: Counts,
  after: Counts,
  isKept: (before: number, after: number, name: string) => boolean,
): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name) => {
    const first = before[name] ?? 0;
    const last = after[name] ?? 0;
    return isKept(first, last, name) ? [] : [`${what} of ${name}: ${last} instead of ${first}`];
  });
}
