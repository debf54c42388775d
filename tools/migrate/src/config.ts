/** The one variable that migrating needs. */
export function loadConnectionString(env: NodeJS.ProcessEnv): string {
  const url = env['DATABASE_URL'];
  if (url === undefined || !/^postgres(ql)?:\/\//.test(url)) {
    throw new Error('DATABASE_URL must be set to a postgres:// URL');
  }
  return url;
}
