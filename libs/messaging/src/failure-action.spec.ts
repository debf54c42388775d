import { AppError } from '@inventory-events/errors';
import { failureAction } from './failure-action';

const withCode = (code: string) => Object.assign(new Error(code), { code });
const first = { attempt: 1, maxAttempts: 3 };
const last = { attempt: 3, maxAttempts: 3 };

describe('failureAction', () => {
  it('acknowledges what did not fail', () => {
    expect(failureAction(undefined, first)).toBe('ack');
  });

  it.each([
    withCode('08006'),
    withCode('40P01'),
    withCode('53100'),
    withCode('57P03'),
    withCode('ECONNREFUSED'),
    withCode('28P01'),
    withCode('3D000'),
    withCode('42P01'),
    new Error('Connection terminated unexpectedly'),
    new AppError('DEPENDENCY_UNAVAILABLE', 'away'),
  ])('retries for ever what the environment caused: %s', (error) => {
    expect(failureAction(error, last)).toBe('retry');
  });

  it.each([
    withCode('22021'),
    withCode('23514'),
    new AppError('INVALID_MESSAGE', 'no'),
    new AppError('EVENT_ID_CONFLICT', 'no'),
  ])('dead-letters what the message caused, at once: %s', (error) => {
    expect(failureAction(error, first)).toBe('dead-letter');
  });

  it.each([new TypeError('bug'), withCode('XX000'), new AppError('INTERNAL', 'bug')])(
    'gives the unknown its attempts: %s',
    (error) => {
      expect(failureAction(error, first)).toBe('retry');
      expect(failureAction(error, last)).toBe('dead-letter');
    },
  );
});
