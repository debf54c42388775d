import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { CutRule, Direction } from './create-tcp-proxy';

export interface ActiveCutRule extends CutRule {
  passedBytes: number;
  seen: number;
  done(): void;
}

export interface FaultState {
  paused: boolean;
  delayMs: number;
  rules: ActiveCutRule[];
  onResume: Set<() => void>;
}

interface PipeOptions {
  from: Socket;
  to: Socket;
  direction: Direction;
  state: FaultState;
  cut(): void;
}

/** Hands on what one side sends, in order, as the present faults allow. */
export function createFaultyPipe({ from, to, direction, state, cut }: PipeOptions): void {
  let previous = Promise.resolve();
  // A pattern may lie across two chunks.
  let tail = Buffer.alloc(0);

  async function handOn(chunk: Buffer): Promise<void> {
    if (state.delayMs > 0) await delay(state.delayMs);
    await untilResumed(state);
    const rule = state.rules.find((each) => isMet(each, direction, chunk, tail));
    tail = Buffer.concat([tail, chunk]).subarray(-256);
    if (!rule) {
      await write(to, chunk);
      return;
    }
    state.rules.splice(state.rules.indexOf(rule), 1);
    if (rule.deliver) {
      await write(to, chunk);
      // Flushed before the end, which a reset would not be.
      await new Promise<void>((resolve) => to.end(() => resolve()));
    }
    cut();
    rule.done();
  }

  from.on('data', (chunk: Buffer) => {
    from.pause();
    previous = previous.then(() => handOn(chunk)).then(() => void from.resume());
  });
  from.on('end', () => {
    previous = previous.then(() => untilResumed(state)).then(() => void to.end());
  });
}

function isMet(rule: ActiveCutRule, direction: Direction, chunk: Buffer, tail: Buffer): boolean {
  if (rule.direction !== direction) return false;
  rule.passedBytes += chunk.length;
  if (rule.bytes !== undefined && rule.passedBytes >= rule.bytes) return true;
  if (rule.pattern === undefined) return false;
  const pattern = Buffer.from(rule.pattern);
  const overlap = tail.subarray(Math.max(0, tail.length - pattern.length + 1));
  rule.seen += countOccurrences(Buffer.concat([overlap, chunk]), pattern);
  return rule.seen >= (rule.occurrence ?? 1);
}

function countOccurrences(bytes: Buffer, pattern: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(pattern); at >= 0; at = bytes.indexOf(pattern, at + 1)) count += 1;
  return count;
}

function untilResumed(state: FaultState): Promise<void> {
  if (!state.paused) return Promise.resolve();
  return new Promise((resolve) => {
    const resume = () => {
      state.onResume.delete(resume);
      resolve();
    };
    state.onResume.add(resume);
  });
}

function write(socket: Socket, chunk: Buffer): Promise<void> {
  if (socket.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    socket.write(chunk, () => resolve()); // an error has its own event
  });
}
