// Leaves of the workspace packages that `nx prune` copied beside a bundle what npm needs to install
// their dependencies: the manifest. Their code is in the bundle already, and devDependencies, theirs
// and the app's own, name workspace packages that no registry has, at which `npm ci` would stop.
//
//   node tools/delivery/slim-workspace-modules.mjs dist/apps/<app>
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const KEPT_FIELDS = ['name', 'version', 'dependencies', 'optionalDependencies', 'peerDependencies'];

async function slimModule(directory) {
  const manifest = JSON.parse(await readFile(join(directory, 'package.json'), 'utf8'));
  const kept = Object.fromEntries(
    Object.entries(manifest).filter(([field]) => KEPT_FIELDS.includes(field)),
  );
  for (const entry of await readdir(directory)) {
    await rm(join(directory, entry), { recursive: true });
  }
  await writeFile(join(directory, 'package.json'), `${JSON.stringify(kept, null, 2)}\n`);
}

async function dropDevDependencies(output) {
  for (const name of ['package.json', 'package-lock.json']) {
    const file = join(output, name);
    const content = JSON.parse(await readFile(file, 'utf8'));
    delete content.devDependencies;
    delete content.packages?.[''].devDependencies;
    await writeFile(file, `${JSON.stringify(content, null, 2)}\n`);
  }
}

const output = process.argv[2];
if (output === undefined) throw new Error('usage: slim-workspace-modules.mjs <output folder>');
const scope = join(output, 'workspace_modules', '@inventory-events');
for (const name of await readdir(scope)) await slimModule(join(scope, name));
await dropDevDependencies(output);
