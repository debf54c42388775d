const TIMEOUT_MS = 20_000;

/** A client of the inventory API: JSON in and out. */
export function createApiClient({ url, token }) {
  return async function call(method, path, { body, idempotencyKey } = {}) {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body && { 'content-type': 'application/json' }),
        ...(idempotencyKey && { 'idempotency-key': idempotencyKey }),
      },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  };
}

/** What an attempt to reserve came to; anything but yes and "too little of it" is a fault. */
export function toAnswer({ status, body }) {
  if (status === 201) return 'reserved';
  if (status === 409 && body.code === 'INSUFFICIENT_STOCK') return 'refused';
  throw unexpected('a reservation', { status, body });
}

export function unexpected(what, { status, body }) {
  return new Error(`${what} was answered ${status} ${JSON.stringify(body)}`);
}
