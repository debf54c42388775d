import { Parser } from '@asyncapi/parser';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { contractMessages } from './contract-messages';

describe('asyncapi.json', () => {
  const text = readFileSync(join(__dirname, '../asyncapi.json'), 'utf8');

  it('is a valid AsyncAPI 3.0 document with every message', async () => {
    const { document, diagnostics } = await new Parser().parse(text);
    const errors = diagnostics.filter(({ severity }) => severity === 0);
    expect(errors.map(({ message, path }) => `${path.join('.')}: ${message}`)).toEqual([]);
    expect(document?.version()).toBe('3.0.0');
    const names = document
      ?.messages()
      .all()
      .map((message) => message.name());
    expect(names?.sort()).toEqual(contractMessages.map(({ name }) => name).sort());
  });
});
