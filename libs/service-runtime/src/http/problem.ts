import { STATUS_CODES, type ServerResponse } from 'node:http';

export interface FieldError {
  /** Where in the request: `query.limit`, `body.items.0.quantity`. */
  readonly field: string;
  readonly message: string;
}

/** An item of which a request wants more than there is to be had. */
export interface ProblemShortage {
  /** Null where there is no such stock entry; what the request named it by is then all there is. */
  readonly inventoryId: string | null;
  readonly productId: string | null;
  readonly variantId: string | null;
  readonly warehouseId: string | null;
  readonly sku?: string;
  readonly requested: number;
  readonly available: number;
  readonly reason: string;
}

/** An RFC 9457 problem document. `code` is stable; texts are not. */
export interface Problem {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail?: string;
  readonly requestId?: string;
  readonly errors?: readonly FieldError[];
  readonly shortages?: readonly ProblemShortage[];
}

export interface ProblemInput {
  readonly status: number;
  readonly code: string;
  readonly detail?: string | undefined;
  readonly requestId?: string | undefined;
  readonly errors?: readonly FieldError[] | undefined;
  readonly shortages?: readonly ProblemShortage[] | undefined;
}

export const PROBLEM_CONTENT_TYPE = 'application/problem+json';

export function toProblem(input: ProblemInput): Problem {
  const { status, code, detail, requestId, errors, shortages } = input;
  return {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code,
    ...(detail === undefined ? {} : { detail }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(errors === undefined ? {} : { errors }),
    ...(shortages === undefined ? {} : { shortages }),
  };
}

/** Works on Node's own response, so that it serves with and without Express. */
export function sendProblem(response: ServerResponse, input: ProblemInput): void {
  const body = JSON.stringify(toProblem(input));
  response.statusCode = input.status;
  response.setHeader('Content-Type', PROBLEM_CONTENT_TYPE);
  response.setHeader('Content-Length', Buffer.byteLength(body));
  response.setHeader('Cache-Control', 'no-store');
  response.end(body);
}
