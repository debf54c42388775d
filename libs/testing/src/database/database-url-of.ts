import { serverUrl } from '../test-environment';

/** The URL of another database on the tests' server. */
export function databaseUrlOf(name: string): string {
  const url = new URL(serverUrl('DATABASE_URL'));
  url.pathname = `/${name}`;
  return url.href;
}
