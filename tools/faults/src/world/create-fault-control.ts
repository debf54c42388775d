import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FaultOrder } from './fault-order';

/** The thread between the harness and one instrumented process: two files. */
export interface FaultControl {
  /** For the process; `undefined` has it count its hits and do nothing. */
  environment(order: FaultOrder | undefined): Record<string, string>;
  /** From now on the n-th hit is meant. */
  arm(hits: number): Promise<void>;
  hasFired(): boolean;
  /** Hits so far by point, of a process that counts. */
  countHits(): Promise<ReadonlyMap<string, number>>;
  remove(): Promise<void>;
}

export async function createFaultControl(): Promise<FaultControl> {
  const folder = await mkdtemp(join(tmpdir(), 'inventory-faults-'));
  const log = join(folder, 'log');
  const armFile = join(folder, 'arm');
  return {
    environment(order) {
      const files = { FAULT_LOG: log, FAULT_ARM: armFile };
      if (order === undefined) return { ...files, FAULT_ACTION: 'trace' };
      const { action, point, hit } = order;
      return { ...files, FAULT_ACTION: action, FAULT_POINT: point, FAULT_HIT: String(hit) };
    },
    async arm(hits) {
      await writeFile(`${armFile}.new`, String(hits));
      await rename(`${armFile}.new`, armFile);
    },
    hasFired: () => existsSync(log),
    async countHits() {
      const counts = new Map<string, number>();
      if (!existsSync(log)) return counts;
      for (const name of (await readFile(log, 'utf8')).split('\n')) {
        if (name !== '') counts.set(name, (counts.get(name) ?? 0) + 1);
      }
      return counts;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
