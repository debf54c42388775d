import { AppError } from './app-error';
import { isRetryable } from './is-retryable';

const withCode = (code: string) => Object.assign(new Error('from a driver'), { code });

describe('isRetryable', () => {
  it.each([
    '40001',
    '40P01',
    '53100',
    '53300',
    '57P01',
    '57P03',
    '08006',
    '55P03',
    '25006',
    '58030',
  ])('SQLSTATE %s is transient', (code) => expect(isRetryable(withCode(code))).toBe(true));

  it.each(['22021', '22P05', '23505', '23514', '42P01', '28P01'])(
    'SQLSTATE %s is permanent',
    (code) => expect(isRetryable(withCode(code))).toBe(false),
  );

  it.each(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTFOUND', 'P2024', 'P2034'])(
    '%s is transient',
    (code) => expect(isRetryable(withCode(code))).toBe(true),
  );

  it('a connection that died without a code is worth a retry', () => {
    expect(isRetryable(new Error('Connection terminated unexpectedly'))).toBe(true);
    expect(isRetryable(new Error('Query read timeout'))).toBe(true);
  });

  it('an unknown error is not', () => {
    expect(isRetryable(new TypeError('x is not a function'))).toBe(false);
    expect(isRetryable('thrown string')).toBe(false);
  });

  it('an AppError says so itself', () => {
    expect(isRetryable(new AppError('TIMEOUT', 'too slow'))).toBe(true);
    expect(isRetryable(new AppError('INVALID_MESSAGE', 'no'))).toBe(false);
    expect(isRetryable(new AppError('INTERNAL', 'again', { retryable: true }))).toBe(true);
  });
});
