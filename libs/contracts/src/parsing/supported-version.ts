import { failure, type ParseFailure } from './parse-result';

const VERSION_1 = /^1(\.\d{1,4})?$/;

/** Refuses a major version that this package doesn't know; a missing one is for the schema to judge. */
export function versionFailure(json: object): ParseFailure | undefined {
  const version: unknown = 'eventVersion' in json ? json.eventVersion : undefined;
  if (version === undefined || version === null) return undefined;
  if (typeof version === 'string' && VERSION_1.test(version)) return undefined;
  return failure('UNSUPPORTED_EVENT_VERSION', 'only versions 1.x are supported', 'eventVersion');
}
