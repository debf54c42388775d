import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { createTokenVerifier } from './create-token-verifier';

const SECRET = 'a-secret-of-at-least-32-characters!';
const encode = (text: string) => new TextEncoder().encode(text);

function token(claims: Record<string, unknown> = {}, options: { expires?: string } = {}) {
  return new SignJWT({ roles: ['viewer'], ...claims })
    .setSubject('alice')
    .setExpirationTime(options.expires ?? '5m');
}

const signed = (builder: SignJWT, secret = SECRET, alg = 'HS256') =>
  builder.setProtectedHeader({ alg }).sign(encode(secret));

describe('createTokenVerifier with a secret', () => {
  const verify = createTokenVerifier({ key: { kind: 'secret', secret: SECRET } });

  it('takes the roles it knows from the claim', async () => {
    const jwt = await signed(token({ roles: ['viewer', 'root', 'admin'] }));
    await expect(verify(jwt)).resolves.toEqual({
      subject: 'alice',
      roles: ['viewer', 'admin'],
      expiresAtMs: expect.any(Number),
    });
    await expect(verify(await signed(token({ roles: 'admin' })))).resolves.toMatchObject({
      roles: [],
    });
  });

  it.each([
    ['garbage', () => 'garbage'],
    ['three dots', () => '...'],
    ['no signature (alg none)', () => new UnsecuredJWT({ roles: ['admin'] }).encode()],
    ['another secret', () => signed(token(), 'another-secret-of-at-least-32-characters')],
    ['another algorithm', () => signed(token(), SECRET.repeat(2), 'HS512')],
    ['expired', () => signed(token({}, { expires: '-1m' }))],
    [
      'without an end',
      () =>
        new SignJWT({ roles: ['admin'] }).setProtectedHeader({ alg: 'HS256' }).sign(encode(SECRET)),
    ],
    ['too long', () => 'x'.repeat(10_000)],
    ['of a subject that is too long', () => signed(token().setSubject('x'.repeat(256)))],
    ['of a subject with a NUL', () => signed(token().setSubject('a\u0000'))],
    [
      'of a subject that is no text',
      () => signed(new SignJWT({ sub: 7 } as never).setExpirationTime('5m')),
    ],
  ])('refuses a token: %s', async (_name, make) => {
    await expect(verify(await make())).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('checks issuer and audience when they are set', async () => {
    const strict = createTokenVerifier({
      key: { kind: 'secret', secret: SECRET },
      issuer: 'https://issuer.example',
      audience: 'inventory',
    });
    const good = token().setIssuer('https://issuer.example').setAudience('inventory');
    await expect(strict(await signed(good))).resolves.toMatchObject({ subject: 'alice' });
    const wrong = token().setIssuer('https://issuer.example').setAudience('other');
    await expect(strict(await signed(wrong))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(strict(await signed(token()))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});

describe('createTokenVerifier with a key server', () => {
  let server: Server;
  let url: string;
  let keys: Awaited<ReturnType<typeof generateKeyPair>>;

  beforeAll(async () => {
    keys = await generateKeyPair('RS256', { extractable: true });
    const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' };
    server = createServer((_request, response) => {
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify({ keys: [jwk] }));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`;
  });
  afterAll(async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  });

  it('accepts what the server signed', async () => {
    const verify = createTokenVerifier({ key: { kind: 'jwks', url } });
    const jwt = await token()
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .sign(keys.privateKey);
    await expect(verify(jwt)).resolves.toMatchObject({ roles: ['viewer'] });
  });

  it('refuses HS256 signed with the public key, and an unknown kid', async () => {
    const verify = createTokenVerifier({ key: { kind: 'jwks', url } });
    const forged = await signed(token({ roles: ['admin'] }), await exportSPKI(keys.publicKey));
    await expect(verify(forged)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    const unknown = await token()
      .setProtectedHeader({ alg: 'RS256', kid: 'x' })
      .sign(keys.privateKey);
    await expect(verify(unknown)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('tells an absent key server from a bad token', async () => {
    const verify = createTokenVerifier({ key: { kind: 'jwks', url: 'http://127.0.0.1:9/jwks' } });
    const jwt = await token()
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .sign(keys.privateKey);
    await expect(verify(jwt)).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
  });
});
