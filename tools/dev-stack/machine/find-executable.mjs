import { accessSync, constants, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

const SYSTEM_FOLDERS = [
  '/usr/bin',
  '/usr/sbin',
  '/usr/local/bin',
  '/usr/local/sbin',
  '/opt/homebrew/bin',
];

/**
 * The first executable of that name in `folders`, on the PATH or where systems keep servers; or
 * null.
 */
export function findExecutable(name, { folders = [], searchPath = process.env.PATH ?? '' } = {}) {
  const candidates = [...folders, ...searchPath.split(path.delimiter), ...SYSTEM_FOLDERS];
  for (const folder of candidates.filter(Boolean)) {
    const file = path.join(folder, name);
    if (isExecutable(file)) return file;
  }
  return null;
}

/** Sub-folders of `base` that are named by a version, newest first. */
export function versionFolders(base) {
  try {
    return readdirSync(base)
      .filter((name) => /^\d/.test(name))
      .sort((a, b) => parseFloat(b) - parseFloat(a))
      .map((name) => path.join(base, name));
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false; // absent or not for us: both mean "look further"
  }
}
