import { coerceError } from './coerce-error';

describe('coerceError', () => {
  it('leaves errors as they are', () => {
    const error = new TypeError('x');
    expect(coerceError(error)).toBe(error);
  });

  it.each([
    ['text', 'text'],
    [{ message: 'says why', data: 1 }, 'says why'],
    [{ message: 7 }, 'a value that is no Error was thrown'],
    [undefined, 'a value that is no Error was thrown'],
    [null, 'a value that is no Error was thrown'],
  ])('makes an error of %j', (thrown, message) => {
    expect(coerceError(thrown)).toMatchObject({ message, cause: thrown });
  });
});
