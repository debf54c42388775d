import { AppError } from '@inventory-events/errors';
import { expectedVersionOf } from './etag';

function codeOf(ifMatch: string): string {
  try {
    return `no error: ${expectedVersionOf(ifMatch)}`;
  } catch (error) {
    return (error as AppError).code;
  }
}

describe('expectedVersionOf', () => {
  it.each([
    [undefined, undefined],
    ['*', undefined],
    [' * ', undefined],
    ['"0"', 0],
    ['"7"', 7],
    [' "123456789012345" ', 123_456_789_012_345],
  ])('%p insists on %p', (ifMatch, version) => {
    expect(expectedVersionOf(ifMatch)).toBe(version);
  });

  it.each(['W/"7"', '"abc"', '""', '"-1"', '"1.5"', '"1e3"', '"9999999999999999"'])(
    '%s matches nothing',
    (ifMatch) => expect(codeOf(ifMatch)).toBe('PRECONDITION_FAILED'),
  );

  it.each(['', '7', '"1", "2"', '"7', 'w/"7"', '"a"b"', '*, "7"'])('%p is no ETag', (ifMatch) =>
    expect(codeOf(ifMatch)).toBe('INVALID_REQUEST'),
  );
});
