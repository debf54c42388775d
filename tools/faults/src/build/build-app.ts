import { workspaceRoot } from '@inventory-events/testing';
import { build, type Plugin } from 'esbuild';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuiltApp } from './app-name';
import { applyEdits } from './apply-edits';
import type { SourceEdit } from './source-edit';

export interface AppBuild {
  readonly app: BuiltApp;
  /** The folder below dist/faults. */
  readonly variant: string;
  readonly edits: readonly SourceEdit[];
}

/** Bundled into every app that is built here, and into no other build. */
const RUNTIME = join(workspaceRoot, 'tools', 'faults', 'src', 'runtime', 'reach-fault-point.ts');

/**
 * Builds an app as its own build target does, with edited sources; resolves with the path of the
 * script. Nothing but this can put a fault into an app: production builds know no flag for it.
 */
export async function buildApp({ app, variant, edits }: AppBuild): Promise<string> {
  const outfile = join(workspaceRoot, 'dist', 'faults', variant, app, 'main.js');
  const unused = new Set(edits.map((edit) => edit.file));
  await build({
    absWorkingDir: workspaceRoot,
    entryPoints: [join('apps', app, 'src', 'main.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    sourcemap: true,
    conditions: ['@inventory-events/source'],
    inject: [RUNTIME],
    plugins: [npmPackagesStayOutside, editing(edits, unused)],
    logLevel: 'silent',
  });
  if (unused.size > 0) {
    throw new Error(`${app} does not contain ${[...unused].join(', ')}`);
  }
  return outfile;
}

const npmPackagesStayOutside: Plugin = {
  name: 'npm-packages-stay-outside',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
      const isInside = kind === 'entry-point' || path.startsWith('@inventory-events/');
      return isInside ? undefined : { path, external: true };
    });
  },
};

function editing(edits: readonly SourceEdit[], unused: Set<string>): Plugin {
  return {
    name: 'edit-sources',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const own = edits.filter((edit) => join(workspaceRoot, edit.file) === path);
        if (own.length === 0) return undefined;
        for (const { file } of own) unused.delete(file);
        return { contents: applyEdits(await readFile(path, 'utf8'), own), loader: 'ts' };
      });
    },
  };
}
