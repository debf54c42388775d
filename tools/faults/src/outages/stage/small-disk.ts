import { execFile, spawnSync } from 'node:child_process';
import { rmdirSync, statSync } from 'node:fs';
import { chown, mkdtemp, open, rm, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { NotPossibleHereError } from '../outage';

const run = promisify(execFile);
const CHUNK = Buffer.alloc(256 * 1_024);

/** A small file system of its own, in memory. */
export interface SmallDisk {
  readonly path: string;
  fill(): Promise<void>;
  free(): Promise<void>;
  remove(): void;
}

/** For the account that owns `sibling`. */
export async function mountSmallDisk(sizeMb: number, sibling: string): Promise<SmallDisk> {
  const owner = statSync(sibling, { throwIfNoEntry: false });
  if (owner === undefined) throw new NotPossibleHereError(`${sibling} is not on this machine`);
  const path = await mkdtemp(join(tmpdir(), 'inventory-small-disk-'));
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${sizeMb}m`, 'tmpfs', path]);
  } catch (error) {
    await rmdir(path);
    throw new NotPossibleHereError('mounting a file system is not allowed', { cause: error });
  }
  await chown(path, owner.uid, owner.gid);
  const ballast = join(path, 'ballast');
  function unmount(): void {
    spawnSync('umount', ['-l', path]);
    rmdirSync(path);
  }
  // A harness that is interrupted must not leave it behind either.
  process.once('exit', unmount);
  return {
    path,
    fill: () => writeUntilFull(ballast),
    free: () => rm(ballast, { force: true }),
    remove() {
      process.removeListener('exit', unmount);
      unmount();
    },
  };
}

async function writeUntilFull(path: string): Promise<void> {
  const file = await open(path, 'a');
  try {
    for (;;) await file.write(CHUNK);
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ENOSPC') throw error;
  } finally {
    await file.close();
  }
}
