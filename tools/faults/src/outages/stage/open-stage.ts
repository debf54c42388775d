import {
  createTcpProxy,
  type PrivateServers,
  type ServerName,
  type TcpProxy,
} from '@inventory-events/testing';
import type { BuiltApp } from '../../build/app-name';
import { openWorld } from '../../world/open-world';
import { AUTH_JWT_SECRET } from '../load/sign-operator-token';
import type { Stage } from '../outage';
import type { ServerShelf } from './create-server-shelf';

export interface StageOptions {
  readonly scripts: Readonly<Record<BuiltApp, string>>;
  readonly breaks: readonly ServerName[];
  readonly shelf: ServerShelf;
}

export interface OpenStage extends Stage {
  /** `isHealed`: the servers are as they were, and may be used again. */
  close(isHealed: boolean): Promise<void>;
}

const PARTITIONS = 3;

/** A world of its own, on servers of its own as far as they are to be broken. */
export async function openStage({ scripts, breaks, shelf }: StageOptions): Promise<OpenStage> {
  const taken = new Map<ServerName, PrivateServers>();
  const release = (isHealed: boolean) =>
    Promise.all(
      [...taken].map(([name, servers]) =>
        isHealed ? shelf.giveBack(name, servers) : shelf.discard(servers),
      ),
    );
  try {
    for (const name of breaks) taken.set(name, await shelf.take(name));
    const env = { AUTH_JWT_SECRET, GRPC_PORT: '0' };
    const servers = Object.assign({}, ...[...taken.values()].map((each) => each.env));
    const world = await openWorld({ scripts, partitions: PARTITIONS, servers, env });
    const proxies: TcpProxy[] = [];
    return {
      world,
      server(name) {
        const servers = taken.get(name);
        if (servers === undefined) throw new Error(`${name} is not for this outage to break`);
        return servers.server(name);
      },
      async openProxy(server) {
        const { databaseUrl, amqpUrl, redisUrl } = world;
        const target = { postgres: databaseUrl, rabbitmq: amqpUrl, redis: redisUrl }[server];
        const proxy = await createTcpProxy({ target });
        proxies.push(proxy);
        return proxy;
      },
      async close(isHealed) {
        try {
          await world.close();
          await Promise.all(proxies.map((proxy) => proxy.close()));
          await release(isHealed);
        } catch (error) {
          await release(false);
          throw error;
        }
      },
    };
  } catch (error) {
    await release(false);
    throw error;
  }
}
