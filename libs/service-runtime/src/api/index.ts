// What the apps with a described API share; the others need not load what it is made of.
export { createHttpApp, type ApiDescription, type HttpAppOptions } from './create-http-app';
export { eventCursorField, timedCursorField, toEventCursor, toTimedCursor } from './cursor';
export { assertTimeRange, limitField, repeatable, textField, timeField, uuidField } from './fields';
export { listAnswerSchema, toListAnswer } from './list-answer';
export { openApiDocument } from './openapi-document';
export { type RateLimitOptions, toAddressKey } from './rate-limits';
export {
  defineRoute,
  type Route,
  type RouteDefinition,
  type RouteInput,
  type RouteRequest,
  type RouteResponse,
} from './route';
export { z } from './zod';
