import path from 'node:path';
import { build } from 'esbuild';

/** Compiles the benchmarks and their child processes to `dist/tools/bench`; returns the entry. */
export async function bundleBenchmarks(root) {
  const source = path.join(root, 'tools', 'bench', 'src');
  const outdir = path.join(root, 'dist', 'tools', 'bench');
  const children = [
    'answering-express',
    'answering-grpc',
    'graphile-publisher',
    'inbox-only-consumer',
    'naive-consumer',
    'raw-publisher',
  ];
  await build({
    entryPoints: [
      path.join(source, 'run.ts'),
      ...children.map((child) => path.join(source, 'children', `${child}.ts`)),
    ],
    outdir,
    entryNames: '[name]',
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    sourcemap: true,
    conditions: ['@inventory-events/source'],
    plugins: [npmPackagesStayOutside],
    logLevel: 'warning',
  });
  return path.join(outdir, 'run.js');
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
