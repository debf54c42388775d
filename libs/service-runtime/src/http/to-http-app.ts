import { IncomingMessage, ServerResponse } from 'node:http';
import type { Express } from 'express';
import type { HttpApp } from '../server/http-app';

/**
 * Express gives each request and response another prototype than it was made with. What such an
 * object refers to outlives it by far in V8: all of a request is promoted to the old generation,
 * which then has to be collected twice a second at 1 000 requests a second. Those made with the
 * app's own prototypes are left as they are.
 */
export function toHttpApp(app: Express): HttpApp {
  class AppRequest extends IncomingMessage {}
  class AppResponse<T extends IncomingMessage> extends ServerResponse<T> {}
  Object.setPrototypeOf(AppRequest.prototype, app.request);
  Object.setPrototypeOf(AppResponse.prototype, app.response);
  app.request = AppRequest.prototype as Express['request'];
  app.response = AppResponse.prototype as Express['response'];
  return { handle: app, messages: { IncomingMessage: AppRequest, ServerResponse: AppResponse } };
}
