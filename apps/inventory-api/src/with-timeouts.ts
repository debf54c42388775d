/** The server ends a statement after the time; the client gives up on a server that doesn't answer. */
export function withTimeouts(connectionString: string, timeoutMs: number): string {
  const url = new URL(connectionString);
  url.searchParams.set('statement_timeout', String(timeoutMs));
  url.searchParams.set('query_timeout', String(timeoutMs + 2_000));
  return url.href;
}
