import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ChaosRow } from './chaos-row';

/** What a run has come to so far, on disk: one that was interrupted goes on where it was. */
export interface UnfinishedRun {
  /** Of the same builds and the same duration. */
  rowOf(seed: number): ChaosRow | undefined;
  add(row: ChaosRow): void;
  /** Nothing is left to go on with. */
  finish(): void;
}

interface Stored {
  readonly builds: string;
  readonly rows: ChaosRow[];
}

export function openUnfinishedRun(
  file: string,
  scripts: readonly string[],
  seconds: number,
): UnfinishedRun {
  const hash = createHash('sha256').update(String(seconds));
  for (const script of scripts) hash.update(readFileSync(script));
  const builds = hash.digest('hex');
  const found = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Stored) : undefined;
  const rows = found?.builds === builds ? found.rows : [];
  return {
    rowOf: (seed) => rows.find((row) => row.seed === seed),
    add(row) {
      rows.push(row);
      mkdirSync(dirname(file), { recursive: true });
      const stored: Stored = { builds, rows };
      writeFileSync(`${file}.new`, JSON.stringify(stored));
      renameSync(`${file}.new`, file);
    },
    finish: () => rmSync(file, { force: true }),
  };
}
