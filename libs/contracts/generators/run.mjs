// Runs main.ts, which is TypeScript and imports the package's sources: `node generators/run.mjs [release]`.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const packageRoot = dirname(dirname(fileURLToPath(import.meta.url)));
const bundle = join(packageRoot, 'out-tsc', 'generate.cjs');

await build({
  entryPoints: [join(packageRoot, 'generators/main.ts')],
  outfile: bundle,
  bundle: true,
  platform: 'node',
  packages: 'external',
  target: 'node20',
});
const args = [bundle, packageRoot, ...process.argv.slice(2)];
const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
process.exitCode = status ?? 1;
