// Builds the published package: one CommonJS and one ES module bundle of the sources (zod stays
// outside), and type declarations for both. `node build.mjs [outDir]`, dist by default.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const packageRoot = dirname(fileURLToPath(import.meta.url));
const outDir = resolve(packageRoot, process.argv[2] ?? 'dist');
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');

const shared = {
  entryPoints: [join(packageRoot, 'src/index.ts')],
  bundle: true,
  packages: 'external',
  platform: 'neutral',
  target: 'es2022',
};
await build({ ...shared, format: 'cjs', outfile: join(outDir, 'index.js') });
await build({ ...shared, format: 'esm', outfile: join(outDir, 'index.mjs') });

// Not incremental: a declaration missing from outDir must be written again.
const tsconfig = join(packageRoot, 'tsconfig.lib.json');
const switches = ['--composite', 'false', '--incremental', 'false', '--declarationMap', 'false'];
const args = [tsc, '-p', tsconfig, '--outDir', outDir, '--tsBuildInfoFile', 'null', ...switches];
execFileSync(process.execPath, args, { stdio: 'inherit' });

// The declarations are CommonJS ones (no "type" in package.json); an ES module sees them through
// this door, so that it gets named exports and no default one, like the bundle beside it.
writeFileSync(join(outDir, 'index.d.mts'), "export * from './index.js';\n");
