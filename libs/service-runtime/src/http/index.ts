// Pieces for apps with an API of their own; the others need not load Express.
export { answerJson, answerJsonText } from './answer-json';
export { principalOf } from './auth/authenticate';
export {
  createTokenVerifier,
  ROLES,
  type Principal,
  type Role,
  type TokenVerifier,
} from './auth/create-token-verifier';
export { hasRole } from './auth/has-role';
export { parseBearerToken } from './auth/parse-bearer-token';
export { rememberVerifiedTokens } from './auth/remember-verified-tokens';
export { toHttpStatus } from './http-status';
export { parseRequest } from './parse-request';
export type { FieldError, ProblemShortage } from './problem';
export { requestContextOf } from './request-context';
export { toCorrelationId } from './to-correlation-id';
