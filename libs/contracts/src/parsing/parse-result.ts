import type { z } from 'zod';

/** Why a message could not be read. The list is closed: it is used as dead-letter reason. */
export type ParseFailureCode =
  'MALFORMED_JSON' | 'UNKNOWN_EVENT_TYPE' | 'UNSUPPORTED_EVENT_VERSION' | 'INVALID_MESSAGE';

/** One thing wrong with a message. It names the field and the rule, never the value sent. */
export interface ParseIssue {
  path: string;
  message: string;
}

export interface ParseFailure {
  ok: false;
  code: ParseFailureCode;
  issues: readonly ParseIssue[];
}

export type ParseResult<Value> = { ok: true; value: Value } | ParseFailure;

/** Enough to mend a message; a hostile one could otherwise bring thousands. */
const MAX_ISSUES = 10;

export function failure(code: ParseFailureCode, message: string, path = ''): ParseFailure {
  return { ok: false, code, issues: [{ path, message }] };
}

/** Runs a schema and turns what zod found into the issues of a ParseFailure. */
export function parseWith<Schema extends z.ZodType>(
  schema: Schema,
  json: unknown,
): ParseResult<z.output<Schema>> {
  const result = schema.safeParse(json);
  if (result.success) return { ok: true, value: result.data };
  const issues = result.error.issues.slice(0, MAX_ISSUES).map(toParseIssue);
  return { ok: false, code: 'INVALID_MESSAGE', issues };
}

function toParseIssue(issue: z.core.$ZodIssue): ParseIssue {
  return { path: issue.path.map(String).join('.'), message: issue.message };
}
