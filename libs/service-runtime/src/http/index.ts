// Pieces for apps with an API of their own; the others need not load Express.
export { answerJson } from './answer-json';
export { authenticate, principalOf, requireRole } from './auth/authenticate';
export {
  createTokenVerifier,
  ROLES,
  type Principal,
  type Role,
  type TokenVerifier,
  type TokenVerifierOptions,
} from './auth/create-token-verifier';
export { hasRole } from './auth/has-role';
export { parseBearerToken } from './auth/parse-bearer-token';
export { rememberVerifiedTokens } from './auth/remember-verified-tokens';
export { httpErrorHandler } from './http-error-handler';
export { toHttpStatus } from './http-status';
export { observeRequests } from './observe-requests';
export { parseRequest, type RequestPart } from './parse-request';
export {
  PROBLEM_CONTENT_TYPE,
  sendProblem,
  toProblem,
  type FieldError,
  type Problem,
  type ProblemShortage,
} from './problem';
export { requestContext, requestContextOf, type RequestContext } from './request-context';
export { allowKnownMethods, notFound, refuseMalformedUrl } from './request-guards';
export { requireJsonBody, type JsonBodyOptions } from './require-json-body';
export { routeMethods, type RouteMethod } from './route-methods';
export { securityHeaders } from './security-headers';
export { toCorrelationId } from './to-correlation-id';
