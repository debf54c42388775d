import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FaultOrder } from './fault-order';

/** The thread between the harness and one instrumented process: two files. */
export interface FaultControl {
  /** For the process; `undefined` has it count its hits and do nothing, `ordered` wait for orders. */
  environment(order: FaultOrder | 'ordered' | undefined): Record<string, string>;
  /** From now on the n-th hit is meant. */
  arm(hits: number): Promise<void>;
  /** What a process that waits for orders does next, once, at a hit counted from now. */
  order(order: FaultOrder): Promise<void>;
  withdraw(): Promise<void>;
  hasFired(): boolean;
  /** Hits so far by point, of a process that counts. */
  countHits(): Promise<ReadonlyMap<string, number>>;
  remove(): Promise<void>;
}

export async function createFaultControl(): Promise<FaultControl> {
  const folder = await mkdtemp(join(tmpdir(), 'inventory-faults-'));
  const log = join(folder, 'log');
  const armFile = join(folder, 'arm');
  async function writeArmFile(text: string): Promise<void> {
    await writeFile(`${armFile}.new`, text);
    await rename(`${armFile}.new`, armFile);
  }
  return {
    environment(order) {
      const files = { FAULT_LOG: log, FAULT_ARM: armFile };
      if (order === undefined) return { ...files, FAULT_ACTION: 'trace' };
      if (order === 'ordered') return { ...files, FAULT_ACTION: order };
      const { action, point, hit } = order;
      return { ...files, FAULT_ACTION: action, FAULT_POINT: point, FAULT_HIT: String(hit) };
    },
    arm: (hits) => writeArmFile(String(hits)),
    order: ({ point, action, hit }) => writeArmFile(`${point} ${action} ${hit}`),
    withdraw: () => rm(armFile, { force: true }),
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
