/**
 * The tail looks rows up by the writing transaction and nothing else. Its newest rows are always
 * beyond the planner's statistics, so its session is told not to read whole tables.
 */
const SETTINGS: Readonly<Record<string, string>> = {
  enable_seqscan: 'off',
  enable_bitmapscan: 'off',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
  jit: 'off',
};

/** A read that takes this long is a connection that died silently. */
const QUERY_TIMEOUT_MS = 30_000;

/** The same database, with the settings of the tail's session as start-up options. */
export function eventTailConnectionString(connectionString: string): string {
  const url = new URL(connectionString);
  const settings = Object.entries(SETTINGS).map(([name, value]) => `-c ${name}=${value}`);
  const given = url.searchParams.get('options');
  url.searchParams.set('options', [...(given === null ? [] : [given]), ...settings].join(' '));
  url.searchParams.set('query_timeout', String(QUERY_TIMEOUT_MS));
  return url.href;
}
