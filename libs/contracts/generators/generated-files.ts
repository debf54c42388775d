import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

import { toApiReport } from './api-report';
import { toAsyncApiDocument } from './asyncapi-document';
import { contractMessages } from './contract-messages';
import { toJsonSchema } from './json-schema';

/** Every generated file of the package: path below its root, and content. */
export function generatedFiles(packageRoot: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const message of contractMessages) {
    files.set(`schemas/${message.name}.v1.json`, toText(toJsonSchema(message, 'draft-2020-12')));
  }
  const exampleOf = (name: string) => readFixture(packageRoot, name);
  files.set('asyncapi.json', toText(toAsyncApiDocument(contractMessages, exampleOf)));
  files.set('etc/contracts.api.md', apiReport(packageRoot));
  return files;
}

export function readFixture(packageRoot: string, name: string): unknown {
  return JSON.parse(readFileSync(join(packageRoot, 'fixtures', `${name}.v1.json`), 'utf8'));
}

function toText(document: unknown): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

function apiReport(packageRoot: string): string {
  const configFile = join(packageRoot, 'tsconfig.lib.json');
  const { config } = ts.readConfigFile(configFile, (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, packageRoot);
  return toApiReport(join(packageRoot, 'src/index.ts'), options);
}
