// Writes what is generated of the documentation from the apps' zod schemas and the comments in them:
// docs/configuration.md and .env.example. `--check` writes nothing and fails when they differ.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readVariables } from './read-variables.mjs';
import { renderConfiguration } from './render-configuration.mjs';
import { renderEnvExample } from './render-env-example.mjs';

const root = path.resolve(import.meta.dirname, '..', '..');
const apps = await readVariables(root);
const documents = {
  'docs/configuration.md': renderConfiguration(apps),
  '.env.example': renderEnvExample(apps),
};

const stale = Object.entries(documents).filter(([file, text]) => readOrEmpty(file) !== text);
if (process.argv.includes('--check')) {
  for (const [file] of stale) console.error(`${file} is out of date: run npm run docs`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const [file, text] of stale) {
    writeFileSync(path.join(root, file), text);
    console.log(`wrote ${file}`);
  }
}

function readOrEmpty(file) {
  try {
    return readFileSync(path.join(root, file), 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return '';
    throw error;
  }
}
