import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { generatedFiles } from './generated-files';

const [packageRoot = '.', command = 'generate'] = process.argv.slice(2);

// The schemas as other teams have them from a release on; findBreakingChanges compares with them.
const releasedSchemas = join(packageRoot, 'schemas/released');
if (command === 'release') rmSync(releasedSchemas, { recursive: true, force: true });

for (const [path, content] of generatedFiles(packageRoot)) {
  write(join(packageRoot, path), content);
  if (command === 'release' && path.startsWith('schemas/')) {
    write(join(releasedSchemas, path.slice('schemas/'.length)), content);
  }
}

function write(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}
