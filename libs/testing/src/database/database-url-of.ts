import { serverUrl } from '../test-environment';

/** The URL of another database on a server: the tests' own, unless another is named. */
export function databaseUrlOf(name: string, server = serverUrl('DATABASE_URL')): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
