import { ERROR_CODES } from '@inventory-events/errors';
import type { AbuseFinding, AbuseVerdict } from '../abuse-finding';
import type { Answer } from './answer';

const PROBLEM = 'application/problem+json';
const KNOWN_CODES: ReadonlySet<unknown> = new Set(ERROR_CODES);
const SHOWN_LENGTH = 300;

/** Stacks, files, SQL and what servers say of themselves. */
const INSIDE = new RegExp(
  [
    String.raw`\n\s+at `,
    String.raw`node_modules|node:internal|\.[cm]?[jt]s:\d+`,
    String.raw`/(?:home|root|usr|app|dist|node_modules)/[\w.-]+/`,
    String.raw`\b(?:SELECT|INSERT INTO|UPDATE|DELETE FROM) [\w*",. ]+ (?:FROM|VALUES|SET|WHERE)\b`,
    String.raw`violates |(?:relation|column) "|syntax error at|invalid (?:byte|input syntax)`,
    String.raw`Prisma|ECONNREFUSED|<!doctype|<html|<pre`,
  ].join('|'),
  'i',
);

/** What holds of every answer of these APIs, whatever was asked. */
export function judgeAnswer(subject: string, answer: Answer, method = 'GET'): AbuseFinding[] {
  const { status, headers, text } = answer;
  const found = (verdict: AbuseVerdict, detail: string): AbuseFinding => ({
    verdict,
    subject,
    detail: `${status} ${detail}`.slice(0, SHOWN_LENGTH),
  });
  const findings: AbuseFinding[] = [];
  const mustWait = status === 503 || status === 429;
  if (mustWait && !isDelay(headers['retry-after'])) {
    findings.push(found('server fault', `without Retry-After: ${text}`));
  }
  if (status >= 500 && status !== 503) findings.push(found('server fault', text));
  const type = headers['content-type'] ?? '';
  const isPage = type.startsWith('text/html') && status < 400;
  if (!isPage && tellsInside(text)) findings.push(found('inside told', text));
  if (status >= 400) {
    const complaint = type === PROBLEM ? complaintOf(answer, method) : `content type "${type}"`;
    if (complaint !== undefined) findings.push(found('unclear answer', complaint));
  }
  return findings;
}

/** Whether a text tells of what only the operators of a service should know. */
export function tellsInside(text: string): boolean {
  return INSIDE.test(text);
}

function isDelay(retryAfter: string | undefined): boolean {
  return retryAfter !== undefined && /^\d+$/.test(retryAfter);
}

/** What is wrong with a problem document. */
function complaintOf({ status, text }: Answer, method: string): string | undefined {
  if (method === 'HEAD') return text === '' ? undefined : 'a body for HEAD';
  const problem = parse(text);
  if (problem === undefined) return `no JSON: ${text}`;
  if (problem['status'] !== status) return `says ${String(problem['status'])}`;
  return KNOWN_CODES.has(problem['code']) ? undefined : `no known code: ${text}`;
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
