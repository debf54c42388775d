const { spawnSync } = require('node:child_process');
const { createHmac } = require('node:crypto');
const { join } = require('node:path');

const SECRET = 'only-for-this-spec-'.repeat(3);

function run(args, env = { AUTH_JWT_SECRET: SECRET }) {
  const { PATH } = process.env;
  return spawnSync(process.execPath, [join(__dirname, 'main.mjs'), ...args], {
    env: { PATH, ...env },
    encoding: 'utf8',
  });
}

describe('the token for development', () => {
  it('is signed, and has role, subject and an end', () => {
    const { status, stdout } = run(['viewer', 'me']);
    expect(status).toBe(0);
    const [header, claims, signature] = stdout.trim().split('.');
    const expected = createHmac('sha256', SECRET).update(`${header}.${claims}`).digest('base64url');
    expect(signature).toBe(expected);
    const { exp, ...rest } = JSON.parse(Buffer.from(claims, 'base64url').toString());
    expect(rest).toMatchObject({ sub: 'me', roles: ['viewer'] });
    expect(exp).toBeGreaterThan(Date.now() / 1000);
  });

  it('is refused without a secret, and for a role that is none', () => {
    expect(run([], {})).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('AUTH_JWT_SECRET'),
    });
    expect(run(['king'])).toMatchObject({ status: 1, stderr: expect.stringContaining('viewer') });
  });
});
