/**
 * The relay's statements look rows up by index and nothing else, so the planner is told so: right
 * after a burst or a restart its statistics are stale, and a plan made from them would read the
 * whole table, dead rows and all. A delete that a crash takes back only means that an event is
 * published twice, or its row deleted twice, so these sessions don't wait for the disk.
 */
export const RELAY_SESSION_SETTINGS: Readonly<Record<string, string>> = {
  enable_seqscan: 'off',
  enable_bitmapscan: 'off',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
  plan_cache_mode: 'force_generic_plan',
  jit: 'off',
  synchronous_commit: 'off',
};

/** The same database, with the settings of the relay's sessions as start-up options. */
export function relayConnectionString(connectionString: string): string {
  const url = new URL(connectionString);
  const settings = Object.entries(RELAY_SESSION_SETTINGS).map(
    ([name, value]) => `-c ${name}=${value}`,
  );
  const given = url.searchParams.get('options');
  url.searchParams.set('options', [...(given === null ? [] : [given]), ...settings].join(' '));
  return url.href;
}
