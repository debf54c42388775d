import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes something down as JSON; returns the path. */
export function keepFile(folder: string, name: string, value: unknown): string {
  const file = join(folder, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
  return file;
}
