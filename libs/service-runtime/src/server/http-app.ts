import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

/** An API, and what the requests and responses that a server hands to it are instances of. */
export interface HttpApp {
  readonly handle: RequestListener;
  readonly messages?: {
    readonly IncomingMessage: typeof IncomingMessage;
    readonly ServerResponse: typeof ServerResponse;
  };
}
