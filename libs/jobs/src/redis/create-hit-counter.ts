import type { RedisConnection } from './create-redis';

export interface HitCounterOptions {
  readonly redis: RedisConnection;
  /** Before every key in Redis. */
  readonly prefix: string;
  /** From the first hit of a key on. */
  readonly windowMs: number;
}

export interface Hits {
  /** In the window, up to and with this one. */
  readonly totalHits: number;
  readonly resetTime: Date;
}

export interface HitCounter {
  count(key: string): Promise<Hits>;
  takeBack(key: string): Promise<void>;
  reset(key: string): Promise<void>;
}

/** KEYS: one. ARGV: how many hits to add and the window's length. Answers the sum and what is left of it. */
const COUNT_HITS_SCRIPT = `
local hits = redis.call('INCRBY', KEYS[1], ARGV[1])
local left = redis.call('PTTL', KEYS[1])
if left <= 0 then
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  left = tonumber(ARGV[2])
end
return {hits, left}`;

interface ScriptedRedis {
  countHits(key: string, hits: number, windowMs: number): Promise<[number, number]>;
}

/** Hits that are counted together. */
interface Round {
  hits: number;
  readonly counted: Promise<{ total: number; resetTime: Date }>;
}

/**
 * Counts hits for all processes in Redis. What hits a key while a count of it is under way is
 * counted together when that is done: many requests of one caller cost few commands, and each is
 * told its own place all the same.
 */
export function createHitCounter({ redis, prefix, windowMs }: HitCounterOptions): HitCounter {
  redis.client.defineCommand('countHits', { lua: COUNT_HITS_SCRIPT, numberOfKeys: 1 });
  const scripted = redis.client as unknown as ScriptedRedis;
  /** Rounds that have not begun. */
  const open = new Map<string, Round>();
  /** Ends of the rounds that were opened last. */
  const ends = new Map<string, Promise<void>>();

  function openRound(key: string): Round {
    const round: Round = { hits: 0, counted: (ends.get(key) ?? Promise.resolve()).then(begin) };
    async function begin() {
      open.delete(key);
      const [total, left] = await scripted.countHits(prefix + key, round.hits, windowMs);
      return { total, resetTime: new Date(Date.now() + left) };
    }
    function forget(): void {
      if (ends.get(key) === end) ends.delete(key);
    }
    const end: Promise<void> = round.counted.then(forget, forget);
    ends.set(key, end);
    open.set(key, round);
    return round;
  }

  return {
    async count(key) {
      const round = open.get(key) ?? openRound(key);
      round.hits += 1;
      const place = round.hits;
      const { total, resetTime } = await round.counted;
      return { totalHits: total - round.hits + place, resetTime };
    },
    async takeBack(key) {
      await redis.client.decr(prefix + key);
    },
    async reset(key) {
      await redis.client.del(prefix + key);
    },
  };
}
