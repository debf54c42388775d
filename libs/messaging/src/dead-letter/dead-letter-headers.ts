import { messageHeaders } from '@inventory-events/contracts';

/** What the worker adds to a dead letter. Everything else is as the sender wrote it. */
export const deadLetterHeaders = {
  errorCode: messageHeaders.errorCode,
  errorMessage: messageHeaders.errorMessage,
  attempts: 'x-error-attempts',
  originalExchange: 'x-original-exchange',
  originalRoutingKey: 'x-original-routing-key',
  /** Properties and headers that would act on the copy, kept under a name that doesn't. */
  originalCc: 'x-original-cc',
  originalBcc: 'x-original-bcc',
  originalExpiration: 'x-original-expiration',
  originalUserId: 'x-original-user-id',
  /** Headers that can't be written again, as text. */
  originalHeaders: 'x-original-headers',
} as const;
