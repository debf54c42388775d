import type { RestOrder } from './rest-order';

/**
 * - done, refused: it had its effect, or will never have any.
 * - again: nobody knows; the same request has to be sent once more.
 */
export interface RestAnswer {
  readonly outcome: 'done' | 'refused' | 'again';
  /** An answer that no client could have expected. */
  readonly oddity?: string;
}

const TIMEOUT_MS = 3_000;
/** To be tried again: the API says so, or is not ready. */
const AGAIN: ReadonlySet<number> = new Set([429, 503]);

export async function sendRestOrder(
  url: string,
  token: string,
  { path, body, key }: RestOrder,
): Promise<RestAnswer> {
  try {
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': key,
      },
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return toAnswer(response.status, await response.text());
  } catch {
    return { outcome: 'again' }; // no answer: it may have arrived or not
  }
}

function toAnswer(status: number, text: string): RestAnswer {
  if (status === 200 || status === 201) return { outcome: 'done' };
  if (status === 409 && text.includes('INSUFFICIENT_STOCK')) return { outcome: 'refused' };
  if (AGAIN.has(status)) return { outcome: 'again' };
  if (status === 409 && text.includes('IDEMPOTENCY_KEY_IN_PROGRESS')) return { outcome: 'again' };
  return { outcome: 'again', oddity: `${status} ${text.slice(0, 300)}` };
}
