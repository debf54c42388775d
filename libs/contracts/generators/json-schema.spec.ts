import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { join } from 'node:path';

import { contractMessages } from './contract-messages';
import { readFixture } from './generated-files';
import { toJsonSchema } from './json-schema';

const packageRoot = join(__dirname, '..');

describe.each(contractMessages)('the JSON Schema of $name', (message) => {
  const ajv = addFormats(new Ajv({ strict: true, allErrors: true }));
  const validate = ajv.compile(toJsonSchema(message, 'draft-2020-12'));
  const fixture = () => readFixture(packageRoot, message.name) as Record<string, unknown>;

  it('accepts the fixture, also with fields of a newer version', () => {
    expect(validate(fixture()) || validate.errors).toBe(true);
    expect(validate({ ...fixture(), addedLater: { deep: true } })).toBe(true);
  });

  it('refuses what the zod schema refuses', () => {
    for (const broken of [{}, [], null, { ...fixture(), eventId: 'no-uuid' }]) {
      expect(validate(broken)).toBe(false);
      expect(message.schema.safeParse(broken).success).toBe(false);
    }
  });
});
