import { status } from '@grpc/grpc-js';
import type { AbuseRecord } from '../abuse-record';
import { tellsInside } from '../http/judge-answer';
import type { Http2Answer } from './call-http2';

/** What is answered when nobody has an idea; INTERNAL is the transport's for what it can't read. */
const SERVER_FAULTS: readonly number[] = [status.UNKNOWN, status.DATA_LOSS];

/** What holds of every answer over gRPC. A stream that was simply reset is an answer. */
export function judgeCall(subject: string, answer: Http2Answer, record: AbuseRecord): void {
  const { httpStatus, grpcStatus, message } = answer;
  const name = grpcStatus === undefined ? `HTTP/2 ${httpStatus}` : status[grpcStatus];
  record.count(name ?? String(grpcStatus));
  const detail = `${name} ${message}`;
  if (grpcStatus !== undefined && SERVER_FAULTS.includes(grpcStatus)) {
    record.find('server fault', subject, detail);
  }
  if (httpStatus >= 500) record.find('server fault', subject, detail);
  if (tellsInside(message)) record.find('inside told', subject, detail);
}
