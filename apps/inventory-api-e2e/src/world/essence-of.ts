import type { Answer } from './call';

/** What an answer says; the id of the request, which is always new, is left out. */
export function essenceOf({ status, json }: Answer) {
  return { status, body: withoutRequestId(json as Record<string, unknown>) };
}

function withoutRequestId({ requestId: _, ...body }: Record<string, unknown>) {
  return body;
}
