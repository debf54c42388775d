import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { generatedFiles } from './generated-files';

const [packageRoot = '.', command = 'generate'] = process.argv.slice(2);

for (const [path, content] of generatedFiles(packageRoot)) {
  const file = join(packageRoot, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

if (command === 'release') {
  // What other teams build against from now on; `find-breaking-changes` compares with it.
  const schemas = join(packageRoot, 'schemas');
  const released = join(schemas, 'released');
  rmSync(released, { recursive: true, force: true });
  cpSync(schemas, released, {
    recursive: true,
    filter: (source) => !source.startsWith(released),
  });
}
