/**
 * Remembers, outside of the process, which message it was about to handle. A delivery count can't
 * tell what crashed a process: it grows for every message that was delivered beside the one to blame,
 * and with every lost connection.
 */
export interface SuspectRegister {
  /** Attempts at one message, alone, that a process may end in before it is dead-lettered. */
  readonly maxAttempts: number;
  /** Records one more attempt, durably, before it is made; resolves to how many that makes. */
  begin(key: Buffer): Promise<number>;
  /** The process survived it. */
  end(key: Buffer): Promise<void>;
}
