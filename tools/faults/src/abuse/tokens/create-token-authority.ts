import { once } from 'node:events';
import { generateKeyPairSync, type KeyObject, sign as signBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Claims = Readonly<Record<string, unknown>>;

export const ISSUER = 'https://issuer.example';
export const AUDIENCE = 'inventory';
export const KEY_ID = 'one';

/** Who signs the tokens that the APIs trust: a key pair, and a server for the public half. */
export interface TokenAuthority {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
  /** Where the trusted keys are. */
  readonly url: string;
  /** Of what forged tokens point at. */
  readonly forgedUrl: string;
  /** Since it is there. */
  ageMs(): number;
  /** Requests so far, by path. */
  requests(path: string): number;
  /** A good token, unless claims or header make it a bad one. */
  sign(claims?: Claims, header?: Claims): string;
  close(): Promise<void>;
}

const LIFETIME_SECONDS = 3_600;

export async function createTokenAuthority(): Promise<TokenAuthority> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: KEY_ID, alg: 'RS256', use: 'sig' };
  const counts = new Map<string, number>();
  const startedAt = performance.now();
  const server = createServer(({ url = '' }, response) => {
    counts.set(url, (counts.get(url) ?? 0) + 1);
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify({ keys: [jwk] }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    publicKey,
    privateKey,
    url: `${origin}/keys`,
    forgedUrl: `${origin}/forged`,
    ageMs: () => performance.now() - startedAt,
    requests: (path) => counts.get(path) ?? 0,
    sign: (claims, header) =>
      signRs256(privateKey, { alg: 'RS256', kid: KEY_ID, ...header }, claimsWith(claims)),
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** What a good token says; undefined takes a claim away. */
export function claimsWith(claims: Claims = {}): Claims {
  const exp = nowSeconds() + LIFETIME_SECONDS;
  return { iss: ISSUER, aud: AUDIENCE, sub: 'abuse', roles: ['admin'], exp, ...claims };
}

export function nowSeconds(): number {
  return Math.floor(Date.now() / 1_000);
}

export function signRs256(key: KeyObject, header: Claims, payload: unknown): string {
  const signed = unsigned(header, payload);
  return `${signed}.${signBytes('sha256', Buffer.from(signed), key).toString('base64url')}`;
}

export function unsigned(header: Claims, payload: unknown): string {
  const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');
  return `${encode(header)}.${encode(payload)}`;
}
