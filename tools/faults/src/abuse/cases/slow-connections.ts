import type { AbuseRecord } from '../abuse-record';
import type { AbuseWorld, Target } from '../world/open-abuse-world';
import { openFilesLimit } from '../world/open-files-limit';
import { type SlowClients, slowClients } from './slow-clients';

type Kind = 'silence' | 'head' | 'body' | 'HTTP/2';

export interface SlowConnections {
  readonly kinds: readonly Kind[];
  /** Of each kind at each port; fewer where so many files can't be open. */
  readonly count: number;
}

/** The server's own time for it, the interval at which it looks, and some for a busy machine. */
const HEAD_LIMIT_MS = 10_000 + 2_000 + 4_000;
const BODY_LIMIT_MS = 30_000 + 2_000 + 4_000;
/** A peer is pinged after a minute, and has a third of it to answer. */
const PING_LIMIT_MS = 60_000 + 20_000 + 5_000;
const BODY_PATHS = {
  'inventory-api': '/api/v1/inventory',
  'audit-api': '/api/v1/dead-letters/redrive',
};

/** All kinds at once, at every door. */
export async function slowConnections(
  world: AbuseWorld,
  record: AbuseRecord,
  { kinds, count: wanted }: SlowConnections,
): Promise<void> {
  const token = world.authority.sign();
  const most = openFilesLimit() / 2 / (kinds.length * world.targets.length);
  const count = Math.min(wanted, Math.floor(most));
  const clients = kinds.flatMap((kind) =>
    kind === 'HTTP/2'
      ? [silentOverHttp2(world, count)]
      : world.targets.map((target) => slowOverHttp(kind, target, { token, count })),
  );
  await Promise.all(clients.map((each) => slowClients(each, record)));
}

function silentOverHttp2({ inventory }: AbuseWorld, count: number): SlowClients {
  const port = inventory.grpcPort;
  return { name: 'silence over gRPC', port, count, head: '', drip: '', withinMs: PING_LIMIT_MS };
}

function slowOverHttp(
  kind: Exclude<Kind, 'HTTP/2'>,
  { name, app: { port } }: Target,
  { token, count }: { readonly token: string; readonly count: number },
): SlowClients {
  const common = { name: `slow ${kind} at ${name}`, port, count, withinMs: HEAD_LIMIT_MS };
  if (kind === 'silence') return { ...common, head: '', drip: '' };
  const head = `POST ${BODY_PATHS[name]} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n`;
  if (kind === 'head') return { ...common, head, drip: 'X: x\r\n' };
  const fields = 'Content-Type: application/json\r\nContent-Length: 60000\r\n\r\n{';
  return { ...common, head: head + fields, drip: ' ', withinMs: BODY_LIMIT_MS };
}
