import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { startApp, workspaceRoot } from '@inventory-events/testing';
import { AUTH_JWT_SECRET } from './world/sign-token';

const VALID: Readonly<Record<string, string>> = {
  DATABASE_URL: 'postgresql://user:hunter2@127.0.0.1:1/db',
  AMQP_URL: 'amqp://user:hunter2@127.0.0.1:1',
  REDIS_URL: 'redis://127.0.0.1:1',
  AUTH_JWT_SECRET,
};

/** Starts it with what it can't run with; resolves with how it ended. */
function failedStart(env: Readonly<Record<string, string>>) {
  const main = join(workspaceRoot, 'dist', 'apps', 'audit-api', 'main.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [main], {
    env,
    encoding: 'utf8',
    timeout: 20_000,
  });
  return { status, output: stdout + stderr };
}

describe('configuration', () => {
  it('names every problem at once, without values, and exits 1', () => {
    const { status, output } = failedStart({
      ...VALID,
      DATABASE_URL: 'mysql://root:hunter2@db',
      REDIS_URL: '',
      AUTH_JWT_SECRET: 'hunter2',
      PORT: 'hunter2',
      RATE_LIMIT_PER_MINUTE: '0',
    });
    expect(status).toBe(1);
    const names = ['DATABASE_URL', 'REDIS_URL', 'AUTH_JWT_SECRET', 'PORT', 'RATE_LIMIT_PER_MINUTE'];
    for (const name of names) expect(output).toContain(`  ${name}: `);
    expect(output).not.toContain('hunter2');
  });

  it.each(Object.keys(VALID))('needs %s', (name) => {
    const { status, output } = failedStart({ ...VALID, [name]: '' });
    expect(status).toBe(1);
    expect(output).toContain(`  ${name}: `);
  });

  it('starts without its servers, is not ready, tells no secret and stops', async () => {
    const app = await startApp({ app: 'audit-api', env: VALID, until: 'live' });
    expect(await app.isReady()).toBe(false);
    expect(await app.stop()).toBe(0);
    expect(app.logs()).not.toContain('hunter2');
  });
});
