/**
 * A part of an app with a life of its own. Every method may be called at any time, twice, and
 * without `start` having been called or having finished; all but `start` are optional.
 *
 * `start` doesn't fail because a dependency is away: it connects in the background with backoff and
 * `isReady` tells. It throws only for what no waiting will cure (a port in use, a bad file).
 */
export interface Service {
  readonly name: string;
  start(): Promise<void>;
  /** Takes no new work from here on: cancels consumers, stops claiming. */
  stopIntake?(): Promise<void>;
  /** Finishes the work in hand. When the signal aborts, gives back what is not finished. */
  drain?(signal: AbortSignal): Promise<void>;
  /** Releases connections and timers. */
  close?(): Promise<void>;
  /** Can do its work now. */
  isReady?(): boolean | Promise<boolean>;
  /** A short reason for operators, without secrets. */
  readinessDetail?(): string | undefined;
  /** Its loop still turns; false makes the platform restart the process. */
  isAlive?(): boolean;
}
