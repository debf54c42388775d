import type { ErrorCode } from '@inventory-events/errors';
import type { PublishFailureReason } from '../metrics/relay-metrics';

/** What stands on a row that failed, and on a parked event. */
export const FAILURE_CODES: Readonly<Record<PublishFailureReason, ErrorCode>> = {
  nacked: 'PUBLISH_NACKED',
  returned: 'PUBLISH_UNROUTABLE',
  refused: 'INVALID_MESSAGE',
  too_large: 'MESSAGE_TOO_LARGE',
};
