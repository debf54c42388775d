import type { RedisConnection } from '../redis/create-redis';
import type { RedisGate } from '../redis/create-redis-gate';
import { OFFER_VERSIONS_SCRIPT } from './offer-versions-script';

export interface StoredEntry {
  readonly version: number;
  /** By the clock of the process that stored it. */
  readonly storedAtMs: number;
  /** JSON. */
  readonly text: string;
}

export interface OfferedEntry {
  readonly key: string;
  readonly version: number;
  readonly text: string;
  readonly action: 'keep' | 'replace' | 'drop';
}

export interface VersionedStoreOptions {
  readonly redis: RedisConnection;
  readonly gate: RedisGate;
  readonly prefix: string;
  readonly ttlMs: number;
  /** How long it is remembered which version was the newest. */
  readonly versionTtlMs: number;
}

export interface VersionedStore {
  get(keys: readonly string[]): Promise<Map<string, StoredEntry>>;
  /** The newer entries, by key, of those that were older than what had been offered. */
  offer(entries: readonly OfferedEntry[]): Promise<Map<string, StoredEntry>>;
  /** Whether the caller is the one to refresh the key now. */
  claimRefresh(key: string, forMs: number): Promise<boolean>;
}

interface ScriptedRedis {
  offerVersions(keyCount: number, ...keysAndArguments: string[]): Promise<(1 | string | null)[]>;
}

/** Values of which no older one ever takes the place of a newer one. */
export function createVersionedStore(options: VersionedStoreOptions): VersionedStore {
  const { redis, gate, ttlMs, versionTtlMs } = options;
  const client = redis.client;
  client.defineCommand('offerVersions', { lua: OFFER_VERSIONS_SCRIPT });
  const scripted = client as unknown as ScriptedRedis;
  // Braces: on a cluster the keys of one entry lie together.
  const valueKey = (key: string) => `${options.prefix}{${key}}`;

  return {
    async get(keys) {
      const texts = await gate.attempt(() => client.mget(keys.map(valueKey)));
      return toEntries(keys, texts ?? []);
    },
    async offer(entries) {
      if (entries.length === 0) return new Map();
      const storedAtMs = Date.now();
      const answers = await gate.attempt(() =>
        scripted.offerVersions(
          entries.length * 2,
          ...entries.flatMap(({ key }) => [valueKey(key), `${valueKey(key)}:version`]),
          String(ttlMs),
          String(versionTtlMs),
          ...entries.flatMap(({ action, version, text }) => [
            action,
            String(version),
            action === 'drop' ? '' : `${version} ${storedAtMs} ${text}`,
          ]),
        ),
      );
      const newer = (answers ?? []).map((answer) => (answer === 1 ? null : answer));
      return toEntries(
        entries.map(({ key }) => key),
        newer,
      );
    },
    async claimRefresh(key, forMs) {
      const claim = () => client.set(`${valueKey(key)}:refresh`, '1', 'PX', forMs, 'NX');
      return (await gate.attempt(claim)) === 'OK';
    },
  };
}

function toEntries(
  keys: readonly string[],
  texts: readonly (string | null)[],
): Map<string, StoredEntry> {
  const entries = new Map<string, StoredEntry>();
  keys.forEach((key, index) => {
    const [, version, storedAt, text] = /^(\d+) (\d+) (.+)$/s.exec(texts[index] ?? '') ?? [];
    if (text === undefined) return;
    entries.set(key, { version: Number(version), storedAtMs: Number(storedAt), text });
  });
  return entries;
}
