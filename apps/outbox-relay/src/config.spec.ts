import { ConfigError } from '@inventory-events/service-runtime';
import { loadConfig } from './config';

const urls = { DATABASE_URL: 'postgresql://db/inventory', AMQP_URL: 'amqp://broker' };

function problemsOf(env: Record<string, string>): string[] {
  try {
    loadConfig(env);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ variable }) => variable);
  }
}

describe('loadConfig', () => {
  it('needs the two URLs and has a default for the rest', () => {
    expect(loadConfig(urls)).toMatchObject({
      port: 8083,
      relay: { batchSize: 500, retry: { maxAttempts: 10, afterwards: 'park' } },
    });
  });

  it('never buffers less than one read', () => {
    const { relay } = loadConfig({ ...urls, RELAY_BATCH_SIZE: '500', RELAY_BUFFER_EVENTS: '10' });
    expect(relay.bufferEvents).toBe(500);
  });

  it('names every missing and malformed variable at once', () => {
    expect(problemsOf({})).toEqual(['DATABASE_URL', 'AMQP_URL']);
    expect(
      problemsOf({
        DATABASE_URL: 'mysql://db',
        AMQP_URL: 'broker',
        RELAY_BATCH_SIZE: '0',
        RELAY_MAX_IN_FLIGHT: '1e3',
        RELAY_FAILURE_POLICY: 'drop',
      }),
    ).toEqual([
      'DATABASE_URL',
      'AMQP_URL',
      'RELAY_BATCH_SIZE',
      'RELAY_MAX_IN_FLIGHT',
      'RELAY_FAILURE_POLICY',
    ]);
  });
});
