import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { contractMessages } from './contract-messages';
import { findBreakingChanges } from './find-breaking-changes';
import { generatedFiles } from './generated-files';
import type { JsonSchema } from './json-schema';

const packageRoot = join(__dirname, '..');

function readJson(path: string): JsonSchema {
  return JSON.parse(readFileSync(join(packageRoot, path), 'utf8')) as JsonSchema;
}

function jsonFilesIn(folder: string): string[] {
  return readdirSync(join(packageRoot, folder))
    .filter((name) => name.endsWith('.json'))
    .sort();
}

describe('generated files', () => {
  const files = generatedFiles(packageRoot);

  it.each([...files.keys()])('%s is up to date (else: npx nx run contracts:generate)', (path) => {
    expect(readFileSync(join(packageRoot, path), 'utf8')).toBe(files.get(path));
  });

  it('leave no schema and no fixture without a message', () => {
    const expected = contractMessages.map(({ name }) => `${name}.v1.json`).sort();
    expect(jsonFilesIn('schemas')).toEqual(expected);
    expect(jsonFilesIn('fixtures')).toEqual(expected);
  });
});

describe('compared with the released schemas', () => {
  const directions = new Map(contractMessages.map(({ name, direction }) => [name, direction]));

  it.each(jsonFilesIn('schemas/released'))('%s breaks nobody', (file) => {
    const direction = directions.get(file.replace('.v1.json', ''));
    if (!direction) throw new Error(`${file} was released and is gone`);
    const released = readJson(`schemas/released/${file}`);
    expect(findBreakingChanges(direction, released, readJson(`schemas/${file}`))).toEqual([]);
  });
});
