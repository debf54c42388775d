import { serverUrl, workspaceRoot } from '@inventory-events/testing';
import { execFile } from 'node:child_process';
import { join } from 'node:path';

const complete = () => ({
  DATABASE_URL: serverUrl('DATABASE_URL'),
  AMQP_URL: serverUrl('AMQP_URL'),
  PORT: '0',
});

function run(env: Record<string, string>): Promise<{ code: number | null; output: string }> {
  const main = join(workspaceRoot, 'dist', 'apps', 'outbox-relay', 'main.js');
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [main], { env }, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode, output: stdout + stderr }),
    );
  });
}

describe('configuration', () => {
  it('names every missing variable at once and exits with 1', async () => {
    const { code, output } = await run({});
    expect(code).toBe(1);
    for (const name of ['DATABASE_URL', 'AMQP_URL']) {
      expect(output).toContain(`${name}: is required`);
    }
  });

  it('names every malformed variable at once, without its value, and exits with 1', async () => {
    const malformed = [
      'PORT',
      'LOG_LEVEL',
      'SHUTDOWN_TIMEOUT_MS',
      'RELAY_BATCH_SIZE',
      'RELAY_MAX_IN_FLIGHT',
      'RELAY_BUFFER_EVENTS',
      'RELAY_BUFFER_BYTES',
      'RELAY_MAX_MESSAGE_BYTES',
      'RELAY_POLL_MS',
      'RELAY_LEASE_POLL_MS',
      'RELAY_MAX_ATTEMPTS',
      'RELAY_RETRY_INITIAL_MS',
      'RELAY_RETRY_MAX_MS',
      'RELAY_FAILURE_POLICY',
    ];
    const { code, output } = await run({
      ...complete(),
      DATABASE_URL: 'http://user:hidden@localhost',
      AMQP_URL: 'hidden',
      ...Object.fromEntries(malformed.map((name) => [name, 'hidden'])),
    });
    expect(code).toBe(1);
    for (const name of ['DATABASE_URL', 'AMQP_URL', ...malformed]) {
      expect(output).toContain(`${name}: `);
    }
    expect(output).not.toContain('hidden');
  });
});
