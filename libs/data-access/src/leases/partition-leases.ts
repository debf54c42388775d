import { AppError, coerceError } from '@inventory-events/errors';
import { fairShare } from './fair-share';
import { leaseKeys } from './lease-keys';
import { openLeaseSession, type LeaseSession, type LeaseView } from './lease-session';

export interface LeaseLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

export interface PartitionLeasesOptions {
  readonly connectionString: string;
  readonly applicationName: string;
  /** Processes with the same namespace in the same database share the partitions. */
  readonly namespace: string;
  readonly partitions: number;
  readonly pollMs?: number;
  onAcquired(partition: number): void;
  /** Finish what is under way for the partition; it is given away when this resolves. */
  onReleasing(partition: number): Promise<void>;
  /** Every lease is gone, at once and unasked: stop working on all of them. */
  onLost(): void;
  readonly logger: LeaseLogger;
}

export interface PartitionLeases {
  start(): void;
  /** Gives every partition away, each after `onReleasing`, then ends the session. */
  stop(): Promise<void>;
  /** Partitions held and not being given away. */
  owned(): ReadonlySet<number>;
  isConnected(): boolean;
}

const DEFAULT_POLL_MS = 1000;
/** The holder stops by itself before the server frees its locks, never after. */
const LOST_AFTER_POLLS = 4;
const IDLE_TIMEOUT_POLLS = 5;
const MIN_CONNECT_TIMEOUT_MS = 5000;
const MAX_RECONNECT_MS = 5000;

/**
 * Shares numbered partitions evenly among live processes: a session-level advisory lock is the
 * lease, so a dead process's leases are free as soon as its connection is, without a clock and
 * without a table. Every process holds a presence lock as well; their number is the number of
 * processes, from which each knows its fair share, gives away what is too much and takes what is
 * free, once per poll.
 *
 * Guarantee: no two sessions hold a partition at once. A holder that was paused learns of its loss
 * when it runs again: what it does in between must be harmless when another has taken over.
 */
export function createPartitionLeases(options: PartitionLeasesOptions): PartitionLeases {
  return new AdvisoryLockLeases(options);
}

class AdvisoryLockLeases implements PartitionLeases {
  readonly #options: PartitionLeasesOptions;
  readonly #pollMs: number;
  readonly #owned = new Set<number>();
  readonly #releasing = new Map<number, Promise<void>>();
  #session: LeaseSession | undefined;
  #round: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #watchdog: NodeJS.Timeout | undefined;
  #failures = 0;
  #started = false;
  #stopped: Promise<void> | undefined;

  constructor(options: PartitionLeasesOptions) {
    this.#options = options;
    this.#pollMs = options.pollMs ?? DEFAULT_POLL_MS;
  }

  start(): void {
    if (this.#started || this.#stopped !== undefined) return;
    this.#started = true;
    this.#schedule(0);
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#leave();
    return this.#stopped;
  }

  owned(): ReadonlySet<number> {
    return this.#owned;
  }

  isConnected(): boolean {
    return this.#session !== undefined;
  }

  #schedule(delayMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#round = this.#session === undefined ? this.#connect() : this.#poll(this.#session);
    }, delayMs);
  }

  async #connect(): Promise<void> {
    // One that ends in the moment between is noticed by the poll.
    let session: LeaseSession | undefined;
    try {
      session = await openLeaseSession({
        connectionString: this.#options.connectionString,
        applicationName: this.#options.applicationName,
        keys: leaseKeys(this.#options.namespace),
        idleTimeoutMs: IDLE_TIMEOUT_POLLS * this.#pollMs,
        connectTimeoutMs: Math.max(MIN_CONNECT_TIMEOUT_MS, this.#pollMs),
        onEnd: (error) => {
          if (session !== undefined) this.#lose(session, error);
        },
      });
      if (this.#stopped !== undefined) return await session.close();
      this.#session = session;
      this.#failures = 0;
      this.#watch(session);
      await this.#poll(session);
    } catch (error) {
      if (this.#stopped !== undefined) return;
      this.#options.logger.warn({ err: coerceError(error) }, 'no lease session, will try again');
      this.#schedule(this.#reconnectDelay());
    }
  }

  async #poll(session: LeaseSession): Promise<void> {
    const sentAt = performance.now();
    try {
      const view = await session.look();
      if (this.#session !== session) return;
      this.#watch(session);
      await this.#rebalance(session, view);
      if (this.#session !== session) return;
      this.#schedule(Math.max(0, this.#pollMs - (performance.now() - sentAt)));
    } catch (error) {
      this.#lose(session, coerceError(error));
    }
  }

  async #rebalance(session: LeaseSession, view: LeaseView): Promise<void> {
    const { partitions, logger, onAcquired } = this.#options;
    const share = fairShare(partitions, view.members, session.self);
    this.#giveUp(session, [...this.#owned].slice(share));
    const missing = share - this.#owned.size;
    if (missing <= 0 || this.#stopped !== undefined) return;
    const free = Array.from({ length: partitions }, (_, partition) => partition)
      .filter((partition) => !view.held.has(partition))
      .slice(0, missing);
    if (free.length === 0) return;
    const acquired = await session.tryAcquire(free);
    if (this.#session !== session || acquired.length === 0) return;
    logger.info({ partitions: acquired }, 'partitions acquired');
    for (const partition of acquired) {
      this.#owned.add(partition);
      onAcquired(partition);
    }
  }

  #giveUp(session: LeaseSession, partitions: readonly number[]): void {
    if (partitions.length === 0) return;
    this.#options.logger.info({ partitions }, 'giving partitions away');
    for (const partition of partitions) {
      this.#owned.delete(partition);
      const released = this.#giveAway(session, partition).finally(() => {
        if (this.#session === session) this.#releasing.delete(partition);
      });
      this.#releasing.set(partition, released);
    }
  }

  async #giveAway(session: LeaseSession, partition: number): Promise<void> {
    const { logger, onReleasing } = this.#options;
    try {
      await onReleasing(partition);
    } catch (error) {
      logger.warn({ err: coerceError(error), partition }, 'a partition is given away undrained');
    }
    if (this.#session !== session) return;
    try {
      await session.release(partition);
    } catch (error) {
      this.#lose(session, coerceError(error));
    }
  }

  #watch(session: LeaseSession): void {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(
      () => this.#lose(session, new AppError('TIMEOUT', 'the lease session does not answer')),
      LOST_AFTER_POLLS * this.#pollMs,
    );
  }

  #lose(session: LeaseSession, error: Error | undefined): void {
    if (this.#session !== session) return;
    this.#session = undefined;
    clearTimeout(this.#watchdog);
    session.destroy();
    this.#owned.clear();
    this.#releasing.clear();
    const { logger, namespace, onLost } = this.#options;
    logger.warn({ err: error, namespace }, 'leases lost');
    onLost();
    if (this.#stopped === undefined) this.#schedule(this.#reconnectDelay());
    else clearTimeout(this.#timer);
  }

  #reconnectDelay(): number {
    this.#failures += 1;
    const ceiling = Math.min(MAX_RECONNECT_MS, 100 * 2 ** Math.min(this.#failures, 10));
    return ceiling * (0.5 + Math.random() / 2);
  }

  /** Polling goes on meanwhile, so that a long drain does not look like a dead session. */
  async #leave(): Promise<void> {
    if (this.#session === undefined) clearTimeout(this.#timer);
    await this.#round;
    const session = this.#session;
    if (session === undefined) return;
    await session.leave().catch((error: unknown) => this.#lose(session, coerceError(error)));
    this.#giveUp(session, [...this.#owned]);
    await Promise.all(this.#releasing.values());
    clearTimeout(this.#timer);
    await this.#round;
    clearTimeout(this.#timer);
    clearTimeout(this.#watchdog);
    if (this.#session !== session) return;
    this.#session = undefined;
    await session.close().catch((error: unknown) => {
      this.#options.logger.warn({ err: coerceError(error) }, 'the lease session ended badly');
    });
  }
}
