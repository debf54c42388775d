import { AppError } from '@inventory-events/errors';
import type { Message } from 'amqplib';
import {
  hasOversizedHeaders,
  toDeadLetterProperties,
  withHeadersAsText,
} from './to-dead-letter-properties';

const error = new AppError('INVALID_MESSAGE', 'newQuantity: too small\nat line 1');
const message = (properties: object) =>
  ({
    content: Buffer.from('{}'),
    fields: { exchange: 'inventory.updates', routingKey: 'p1', redelivered: false },
    properties,
  }) as unknown as Message;

describe('toDeadLetterProperties', () => {
  it('adds the reason on one line and keeps what the sender wrote', () => {
    const headers = { tenant: 'a', 'x-death': 'forged', nested: { list: [1, 2] } };
    const properties = toDeadLetterProperties(
      message({ headers, contentType: 'application/json', messageId: 'm1', priority: undefined }),
      error,
    );
    expect(properties).toEqual({
      contentType: 'application/json',
      messageId: 'm1',
      persistent: true,
      headers: {
        ...headers,
        'x-error-code': 'INVALID_MESSAGE',
        'x-error-message': 'newQuantity: too small at line 1',
        'x-original-exchange': 'inventory.updates',
        'x-original-routing-key': 'p1',
      },
    });
  });

  it('renames what would act on the copy', () => {
    const properties = toDeadLetterProperties(
      message({
        headers: { CC: ['inventory.orders'], BCC: ['x'] },
        expiration: '1',
        userId: 'someone',
      }),
      error,
    );
    expect(properties).not.toHaveProperty('expiration');
    expect(properties).not.toHaveProperty('userId');
    expect(properties.headers).not.toHaveProperty('CC');
    expect(properties.headers).not.toHaveProperty('BCC');
    expect(properties.headers).toMatchObject({
      'x-original-cc': ['inventory.orders'],
      'x-original-bcc': ['x'],
      'x-original-expiration': '1',
      'x-original-user-id': 'someone',
    });
  });

  it('says how many attempts were made, and never a stack', () => {
    const exhausted = new AppError('ATTEMPTS_EXHAUSTED', 'failed', { details: { attempts: 5 } });
    const { headers } = toDeadLetterProperties(message({}), exhausted);
    expect(headers).toMatchObject({ 'x-error-attempts': 5 });
    expect(JSON.stringify(headers)).not.toContain('.ts:');
  });

  it('falls back to text for headers that cannot be sent again', () => {
    const original = message({ headers: { big: 'x'.repeat(70_000), evil: { '!': 'evil' } } });
    const properties = toDeadLetterProperties(original, error);
    expect(hasOversizedHeaders(properties)).toBe(true);
    const asText = withHeadersAsText(properties, original);
    expect(hasOversizedHeaders(asText)).toBe(false);
    expect(asText.headers).toMatchObject({ 'x-error-code': 'INVALID_MESSAGE' });
    expect(asText.headers).not.toHaveProperty('evil');
  });
});
