import { AppError } from './app-error';

type Verdict = 'transient' | 'permanent';

/** PostgreSQL SQLSTATE, the longest prefix wins: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const SQLSTATE_VERDICTS: readonly (readonly [prefix: string, verdict: Verdict])[] = [
  ['55P03', 'transient'], // lock_not_available
  ['25006', 'transient'], // read_only_sql_transaction: a failover in progress
  ['23514', 'permanent'],
  ['08', 'transient'], // connection exception
  ['40', 'transient'], // serialization failure, deadlock
  ['53', 'transient'], // insufficient resources: disk full, too many connections
  ['57', 'transient'], // operator intervention: shutdown, cancel
  ['58', 'transient'], // system error
  ['22', 'permanent'], // data exception
  ['23', 'permanent'], // integrity constraint violation
];

const TRANSIENT_ERRNO: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** Prisma: pool time-out, transaction API time-out, write conflict, server unreachable or gone. */
const TRANSIENT_PRISMA: ReadonlySet<string> = new Set([
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
  'P2028',
  'P2034',
]);

/**
 * Whether trying the same thing again can succeed. A driver error without a code is a connection
 * that died at an unknown moment (node-postgres gives none): ambiguous, and so worth a retry,
 * which is why every retried write must be idempotent.
 */
export function isRetryable(error: unknown): boolean {
  if (error instanceof AppError) return error.retryable;
  if (!(error instanceof Error)) return false;
  const code: unknown = (error as { code?: unknown }).code;
  if (typeof code === 'string') {
    if (TRANSIENT_ERRNO.has(code) || TRANSIENT_PRISMA.has(code)) return true;
    if (/^[0-9A-Z]{5}$/.test(code) && !code.startsWith('P')) {
      return sqlStateVerdict(code) === 'transient';
    }
    return false;
  }
  return isConnectionLoss(error);
}

function sqlStateVerdict(sqlState: string): Verdict {
  let verdict: Verdict = 'permanent';
  let longest = 0;
  for (const [prefix, candidate] of SQLSTATE_VERDICTS) {
    if (sqlState.startsWith(prefix) && prefix.length > longest) {
      verdict = candidate;
      longest = prefix.length;
    }
  }
  return verdict;
}

function isConnectionLoss(error: Error): boolean {
  return /connection (terminated|closed|ended|timeout)|timeout exceeded when trying to connect|not queryable|client was closed|query read timeout|socket hang up/i.test(
    error.message,
  );
}
