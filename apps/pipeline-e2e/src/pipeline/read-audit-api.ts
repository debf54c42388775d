import { createHmac } from 'node:crypto';
import { JWT_SECRET } from './start-pipeline';

const PAGE_SIZE = 1_000;

interface Page {
  items: { id: string }[];
  nextCursor: string | null;
}

/** The ids of all events that the audit API lists, page by page, as an auditor would read them. */
export async function readAuditApi(url: string): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const query = new URLSearchParams({ limit: String(PAGE_SIZE), ...(cursor && { cursor }) });
    const page: Page = await get(`${url}/api/v1/events?${query.toString()}`);
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor);
  return ids;
}

/** One request with a viewer's token, which every audit question needs. */
export async function get<T>(url: string): Promise<T> {
  const headers = { authorization: `Bearer ${viewerToken()}` };
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(10_000) });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

function viewerToken(): string {
  const now = Math.floor(Date.now() / 1000);
  const claims = { sub: 'pipeline-e2e', roles: ['viewer'], iat: now, exp: now + 600 };
  const unsigned = [{ alg: 'HS256', typ: 'JWT' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  const signature = createHmac('sha256', JWT_SECRET).update(unsigned).digest('base64url');
  return `${unsigned}.${signature}`;
}
