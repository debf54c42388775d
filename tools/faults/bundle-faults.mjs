import path from 'node:path';
import { build } from 'esbuild';

/** Compiles the harness to `dist/tools/faults`; returns the entry. */
export async function bundleFaults(root) {
  const outfile = path.join(root, 'dist', 'tools', 'faults', 'run.js');
  await build({
    entryPoints: [path.join(root, 'tools', 'faults', 'src', 'run.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    sourcemap: true,
    conditions: ['@inventory-events/source'],
    plugins: [npmPackagesStayOutside],
    logLevel: 'warning',
  });
  return outfile;
}

/** Workspace packages are compiled in from source; everything from npm is required at run time. */
const npmPackagesStayOutside = {
  name: 'npm-packages-stay-outside',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path: request, kind }) => {
      const isInside = kind === 'entry-point' || request.startsWith('@inventory-events/');
      return isInside ? undefined : { path: request, external: true };
    });
  },
};
