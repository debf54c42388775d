import { createHmac, generateKeyPairSync, sign as signBytes } from 'node:crypto';
import {
  AUDIENCE,
  type Claims,
  claimsWith,
  ISSUER,
  KEY_ID,
  nowSeconds,
  signRs256,
  type TokenAuthority,
  unsigned,
} from './create-token-authority';

/** A token that must not be let in. */
export interface Forgery {
  readonly name: string;
  /** 403: it is good, and gives no role. */
  readonly status: 401 | 403;
  make(authority: TokenAuthority): string;
}

type Named = readonly [name: string, make: Forgery['make']];

const HUGE = 4_000;
const HEADER = { alg: 'RS256', kid: KEY_ID };
const FOREIGN = generateKeyPairSync('rsa', { modulusLength: 2_048 });

const signatureOf = (token: string) => token.split('.')[2] ?? '';
const goodSignature = ({ sign }: TokenAuthority) => signatureOf(sign());

const unsignedTokens: readonly Named[] = [
  ...['none', 'None', 'NONE', 'nOnE', ''].map((alg): Named => {
    return [`alg "${alg}", unsigned`, () => `${unsigned({ alg }, claimsWith())}.`];
  }),
  ['alg none, signed', (by) => `${unsigned({ alg: 'none' }, claimsWith())}.${goodSignature(by)}`],
  ['no alg', (by) => `${unsigned({ kid: KEY_ID }, claimsWith())}.${goodSignature(by)}`],
  ['a list of algs', (by) => `${unsigned({ alg: ['RS256'] }, claimsWith())}.${goodSignature(by)}`],
  ['signature stripped', ({ sign }) => sign().replace(/[^.]*$/, '')],
  ['signature cut short', ({ sign }) => sign().slice(0, -20)],
  [
    'signature of another token',
    ({ sign }) => `${unsigned(HEADER, claimsWith())}.${signatureOf(sign({ sub: 'other' }))}`,
  ],
];

/** HS256 with whatever of the public key a verifier could take for a secret. */
const confusedKeys: readonly Named[] = [
  ['HS256 with the PEM of the public key', (by) => signHs256(pemOf(by))],
  ['HS256 with the PEM, less its last line break', (by) => signHs256(pemOf(by).trimEnd())],
  [
    'HS256 with its PKCS#1 PEM',
    ({ publicKey }) => signHs256(publicKey.export({ format: 'pem', type: 'pkcs1' })),
  ],
  [
    'HS256 with its DER',
    ({ publicKey }) => signHs256(publicKey.export({ format: 'der', type: 'spki' })),
  ],
  [
    'HS256 with its JWK',
    ({ publicKey }) => signHs256(JSON.stringify(publicKey.export({ format: 'jwk' }))),
  ],
  [
    'HS256 with its modulus',
    ({ publicKey }) =>
      signHs256(Buffer.from(publicKey.export({ format: 'jwk' }).n ?? '', 'base64url')),
  ],
  ['HS256 with nothing', () => signHs256('')],
  ['HS256 with nothing, kid a path', () => signHs256('', { kid: '../../../../dev/null' })],
  ['RS512 that says RS256', (by) => signWith(by, 'sha512', HEADER)],
  ['RS512 with a key for RS256', (by) => signWith(by, 'sha512', { ...HEADER, alg: 'RS512' })],
  ['RS1', (by) => signWith(by, 'sha1', { ...HEADER, alg: 'RS1' })],
  ['ES256 with an RSA key', (by) => signWith(by, 'sha256', { ...HEADER, alg: 'ES256' })],
];

const KEY_IDS: readonly (readonly [what: string, kid: unknown])[] = [
  ['the trusted one', KEY_ID],
  ['unknown', 'two'],
  ['a path', '../../../../../../dev/null'],
  ['a path with a NUL', `${KEY_ID}\0/../../etc/passwd`],
  ['SQL', `x' UNION SELECT '${KEY_ID}' --`],
  ['a command', `${KEY_ID}|id`],
  ['an address', 'http://127.0.0.1/keys'],
  ['huge', 'k'.repeat(HUGE)],
  ['empty', ''],
  ['a number', 1],
  ['null', null],
  ['a list', [KEY_ID]],
  ['an object', { $ne: '' }],
  ['__proto__', '__proto__'],
  ['absent', undefined],
];

/** Signed with a key of the forger's own, and every way to lead a verifier to it. */
const foreignKeys: readonly Named[] = [
  ...KEY_IDS.map(([what, kid]): Named => [`foreign key, kid ${what}`, () => forge({ kid })]),
  [
    'foreign key in jwk',
    () => forge({ kid: KEY_ID, jwk: FOREIGN.publicKey.export({ format: 'jwk' }) }),
  ],
  ['foreign key by jku', ({ forgedUrl }) => forge({ kid: KEY_ID, jku: forgedUrl })],
  ['foreign key by x5u', ({ forgedUrl }) => forge({ kid: KEY_ID, x5u: forgedUrl })],
  ['foreign key in x5c', () => forge({ kid: KEY_ID, x5c: ['AAAA'] })],
];

const WRONG_CLAIMS: readonly (readonly [what: string, claims: () => Claims])[] = [
  ['another issuer', () => ({ iss: 'https://issuer.example.evil' })],
  ['no issuer', () => ({ iss: undefined })],
  ['a list of issuers', () => ({ iss: [ISSUER] })],
  ['another audience', () => ({ aud: 'billing' })],
  ['no audience', () => ({ aud: undefined })],
  ['other audiences', () => ({ aud: ['billing', AUDIENCE.toUpperCase()] })],
  ['an audience that is an object', () => ({ aud: { [AUDIENCE]: true } })],
  ['expired', () => ({ exp: nowSeconds() - 60 })],
  ['expired long ago', () => ({ exp: 1 })],
  ['an end below zero', () => ({ exp: -1 })],
  ['an end that is text', () => ({ exp: String(nowSeconds() + 600) })],
  ['an end that is null', () => ({ exp: null })],
  ['no end', () => ({ exp: undefined })],
  ['not yet valid', () => ({ nbf: nowSeconds() + 600 })],
  ['a beginning that is text', () => ({ nbf: 'now' })],
  ['a subject that is a number', () => ({ sub: 7 })],
  ['a subject that is an object', () => ({ sub: { $ne: '' } })],
  ['a subject of 256 characters', () => ({ sub: 's'.repeat(256) })],
  ['a subject with a NUL', () => ({ sub: 'abuse\0' })],
];

/** Signed by the authority, for somebody else or another time. */
const wrongClaims: readonly Named[] = [
  ...WRONG_CLAIMS.map(([what, claims]): Named => [what, ({ sign }) => sign(claims())]),
  ['an unknown crit', ({ sign }) => sign({}, { crit: ['x-forged'], 'x-forged': true })],
  ['a payload that is not encoded', ({ sign }) => sign({}, { crit: ['b64'], b64: false })],
];

const malformed: readonly Named[] = [
  ['a payload that is a list', ({ privateKey }) => signRs256(privateKey, HEADER, [claimsWith()])],
  ['a payload that is text', ({ privateKey }) => signRs256(privateKey, HEADER, 'admin')],
  ['a payload that is null', ({ privateKey }) => signRs256(privateKey, HEADER, null)],
  ['a header that is null', ({ sign }) => sign().replace(/^[^.]*/, 'bnVsbA')],
  ['a header without anything', ({ sign }) => sign().replace(/^[^.]*/, 'e30')],
  ['a header that is no JSON', ({ sign }) => sign().replace(/^[^.]*/, 'eA')],
  ['five parts', ({ sign }) => `${sign()}.eA.eA`],
  ['two parts', ({ sign }) => sign().split('.', 2).join('.')],
  ['dots', () => '..'],
  ['padding', ({ sign }) => `${sign().replaceAll('.', '=.')}=`],
  ['a huge one', ({ sign }) => sign({ padding: 'p'.repeat(2 * HUGE) })],
];

/** As good as they look, these name no role. */
const WRONG_ROLES: readonly (readonly [what: string, roles: unknown])[] = [
  ['text', 'admin'],
  ['an object', { admin: true }],
  ['like a list', { 0: 'admin', length: 1 }],
  ['lists of lists', [['admin']]],
  ['in capitals', ['ADMIN', 'Viewer']],
  ['with blanks', [' admin', 'admin ', 'admin\0']],
  ['one text', ['viewer,operator,admin', 'viewer operator admin']],
  ['true', true],
  ['null', null],
  ['absent', undefined],
  ['by another name', ['root', 'constructor', '__proto__', '*']],
];

/** What can be tried without the private key, and what its owner has not signed for these APIs. */
export const forgeries: readonly Forgery[] = [
  ...[...unsignedTokens, ...confusedKeys, ...foreignKeys, ...wrongClaims, ...malformed].map(
    ([name, make]): Forgery => ({ name, status: 401, make }),
  ),
  ...WRONG_ROLES.map(([what, roles]): Forgery => {
    return { name: `roles: ${what}`, status: 403, make: ({ sign }) => sign({ roles }) };
  }),
];

function pemOf({ publicKey }: TokenAuthority): string {
  return publicKey.export({ format: 'pem', type: 'spki' }).toString();
}

function forge(header: Claims): string {
  return signRs256(FOREIGN.privateKey, { alg: 'RS256', ...header }, claimsWith());
}

function signWith({ privateKey }: TokenAuthority, hash: string, header: Claims): string {
  const signed = unsigned(header, claimsWith());
  return `${signed}.${signBytes(hash, Buffer.from(signed), privateKey).toString('base64url')}`;
}

function signHs256(secret: string | Buffer, header: Claims = {}): string {
  const signed = unsigned({ alg: 'HS256', kid: KEY_ID, ...header }, claimsWith());
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}
