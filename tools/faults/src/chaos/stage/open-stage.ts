import { createTcpProxy, freePort, type TcpProxy } from '@inventory-events/testing';
import { APP_NAMES, type BuiltApp } from '../../build/app-name';
import type { StartedApp, World } from '../../world/open-world';
import { waitUntilReady } from '../../world/wait-until-ready';
import { waitUntilShared } from '../../world/wait-until-shared';
import type { LinkedServer } from '../plan/chaos-fault';
import { BUILT_APPS, REPLICAS_OF, SERVERS_OF } from '../plan/fault-templates';

export interface Replica {
  readonly app: BuiltApp;
  readonly process: StartedApp;
  readonly links: ReadonlyMap<LinkedServer, TcpProxy>;
}

/** A world with every app in it, each replica behind a network of its own. */
export interface Stage {
  readonly world: World;
  replica(app: BuiltApp, number: number): Replica;
  link(app: BuiltApp, number: number, server: LinkedServer): TcpProxy;
  /** Of the networks; the world is its opener's. */
  close(): Promise<void>;
}

const HEARTBEAT = '?heartbeat=2';

export async function openStage(world: World): Promise<Stage> {
  const replicas: Replica[] = [];
  for (const app of BUILT_APPS) {
    for (let number = 0; number < REPLICAS_OF[app]; number += 1) {
      replicas.push(await startReplica(world, app));
    }
  }
  await waitUntilReady(...replicas.map(({ process }) => process));
  for (const app of APP_NAMES) await waitUntilShared(world, app, REPLICAS_OF[app]);

  function replica(app: BuiltApp, number: number): Replica {
    const found = replicas.filter((each) => each.app === app)[number];
    if (found === undefined) throw new Error(`there is no ${app} ${number + 1}`);
    return found;
  }
  return {
    world,
    replica,
    link(app, number, server) {
      const proxy = replica(app, number).links.get(server);
      if (proxy === undefined) throw new Error(`${app} does not talk to ${server}`);
      return proxy;
    },
    async close() {
      const proxies = replicas.flatMap(({ links }) => [...links.values()]);
      await Promise.all(proxies.map((proxy) => proxy.close()));
    },
  };
}

async function startReplica(world: World, app: BuiltApp): Promise<Replica> {
  const urls = {
    postgresql: { variable: 'DATABASE_URL', url: world.databaseUrl },
    rabbitmq: { variable: 'AMQP_URL', url: `${world.amqpUrl}${HEARTBEAT}` },
    redis: { variable: 'REDIS_URL', url: world.redis.url },
  } as const;
  const links = new Map<LinkedServer, TcpProxy>();
  const env: Record<string, string> = { GRPC_PORT: String(await freePort()) };
  for (const server of SERVERS_OF[app]) {
    const { variable, url } = urls[server];
    const proxy = await createTcpProxy({ target: url });
    links.set(server, proxy);
    env[variable] = proxy.through(url);
  }
  return { app, links, process: await world.start(app, { fault: 'ordered', env }) };
}
