import type { ChaosFault } from './chaos-fault';
import type { TimedFault } from './chaos-plan';

/** A fault in a few words, with its time. */
export function describeFault({ fault, atMs, forMs }: TimedFault): string {
  const time = `${(atMs / 1_000).toFixed(1)} s`;
  const duration = forMs === 0 ? '' : ` for ${(forMs / 1_000).toFixed(1)} s`;
  return `${time} ${fault.kind}${targetOf(fault)}${duration}`;
}

function targetOf(fault: ChaosFault): string {
  const { kind } = fault;
  if (kind === 'crash point') {
    return ` ${fault.action} ${replicaOf(fault)} at ${fault.point} ${fault.hit}`;
  }
  if ('server' in fault) return ` ${replicaOf(fault)} - ${fault.server}`;
  if ('replica' in fault) return ` ${replicaOf(fault)}`;
  if (kind === 'sessions terminated') return ` ${fault.app}`;
  if (kind === 'connections closed') return ` ${fault.whose}`;
  return kind === 'queue unbound' ? ` ${fault.queue}` : '';
}

function replicaOf({ app, replica }: { app: string; replica: number }): string {
  return `${app} ${replica + 1}`;
}
