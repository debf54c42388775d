import { resolve } from 'node:path';

/** The same depth from the sources and from `dist`. */
export const workspaceRoot = resolve(__dirname, '..', '..', '..');
