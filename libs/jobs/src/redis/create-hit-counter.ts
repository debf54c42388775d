import type { RedisConnection } from './create-redis';

export interface HitCounterOptions {
  readonly redis: RedisConnection;
  /** Before every key in Redis. */
  readonly prefix: string;
  /** From the first hit of a key on. */
  readonly windowMs: number;
  /** How many hits of a key a process takes at a time, to count them by itself. */
  readonly share: number;
}

export interface Hits {
  /** In the window, up to and with this one, and with what other processes have taken. */
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

/** Where hits that are counted together come to stand. */
interface Places {
  /** Hits before the first of them. */
  readonly before: number;
  readonly resetTime: Date;
}

/** Hits that wait to be counted together. */
interface Round {
  hits: number;
  readonly counted: Promise<Places>;
}

/** Hits that Redis has counted and this process has not met yet. */
interface Share {
  readonly total: number;
  left: number;
  readonly resetTime: Date;
}

/**
 * Counts hits for all processes in Redis, which hears of them by the share: many requests of one
 * caller cost few commands, and most of them wait for none. What a process takes and doesn't use is
 * counted all the same: nobody gets more than a limit allows, and at most a share less per process.
 * What hits a key while a count of it is under way is counted together when that is done.
 */
export function createHitCounter(options: HitCounterOptions): HitCounter {
  const { redis, prefix, windowMs, share: shareSize } = options;
  redis.client.defineCommand('countHits', { lua: COUNT_HITS_SCRIPT, numberOfKeys: 1 });
  const scripted = redis.client as unknown as ScriptedRedis;
  const shares = new Map<string, Share>();
  /** Rounds that have not begun. */
  const open = new Map<string, Round>();
  /** Ends of the rounds that were opened last. */
  const ends = new Map<string, Promise<void>>();

  function takeFromShare(key: string, hits: number): Places | undefined {
    const share = shares.get(key);
    if (share === undefined || share.left < hits || hasEnded(share)) return undefined;
    share.left -= hits;
    return { before: share.total - share.left - hits, resetTime: share.resetTime };
  }

  async function ask(key: string, hits: number): Promise<Places> {
    const size = Math.max(hits, shareSize);
    const [total, leftMs] = await scripted.countHits(prefix + key, size, windowMs);
    const resetTime = new Date(Date.now() + leftMs);
    shares.delete(key);
    forgetEnded();
    if (size > hits) shares.set(key, { total, left: size - hits, resetTime });
    return { before: total - size, resetTime };
  }

  /** From the oldest on; none lasts longer than a window. */
  function forgetEnded(): void {
    for (const [key, share] of shares) {
      if (!hasEnded(share)) return;
      shares.delete(key);
    }
  }

  function openRound(key: string): Round {
    const round: Round = { hits: 0, counted: (ends.get(key) ?? Promise.resolve()).then(begin) };
    function begin(): Places | Promise<Places> {
      open.delete(key);
      return takeFromShare(key, round.hits) ?? ask(key, round.hits);
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
      const own = takeFromShare(key, 1);
      if (own !== undefined) return { totalHits: own.before + 1, resetTime: own.resetTime };
      const round = open.get(key) ?? openRound(key);
      round.hits += 1;
      const place = round.hits;
      const { before, resetTime } = await round.counted;
      return { totalHits: before + place, resetTime };
    },
    async takeBack(key) {
      await redis.client.decr(prefix + key);
    },
    async reset(key) {
      shares.delete(key);
      await redis.client.del(prefix + key);
    },
  };
}

function hasEnded({ resetTime }: Share): boolean {
  return resetTime.getTime() <= Date.now();
}
