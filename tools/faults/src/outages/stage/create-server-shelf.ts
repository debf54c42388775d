import {
  type PrivateServers,
  type ServerName,
  startPrivateServers,
} from '@inventory-events/testing';

/** Servers to be broken, one of a kind each, used again by the next outage that breaks the kind. */
export interface ServerShelf {
  take(name: ServerName): Promise<PrivateServers>;
  giveBack(name: ServerName, servers: PrivateServers): void;
  /** For those that were not healed. */
  discard(servers: PrivateServers): Promise<void>;
  close(): Promise<void>;
}

export function createServerShelf(): ServerShelf {
  const free = new Map<ServerName, PrivateServers[]>();
  const all = new Set<PrivateServers>();
  const freeOf = (name: ServerName): PrivateServers[] => {
    const servers = free.get(name) ?? [];
    free.set(name, servers);
    return servers;
  };
  return {
    async take(name) {
      const standing = freeOf(name).pop();
      if (standing !== undefined) return standing;
      const started = await startPrivateServers([name]);
      all.add(started);
      return started;
    },
    giveBack(name, servers) {
      freeOf(name).push(servers);
    },
    async discard(servers) {
      all.delete(servers);
      await servers.close();
    },
    async close() {
      free.clear();
      await Promise.all([...all].map((servers) => servers.close()));
      all.clear();
    },
  };
}
