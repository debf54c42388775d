import { assertUsablePostgres } from '../probes/probe-postgres.mjs';
import { defaultManagementUrl, probeRabbitmq } from '../probes/probe-rabbitmq.mjs';
import { probeRedis } from '../probes/probe-redis.mjs';

const CHECKS = {
  async postgres({ DATABASE_URL }) {
    assertSet({ DATABASE_URL });
    await assertUsablePostgres(DATABASE_URL);
    return { DATABASE_URL };
  },
  async rabbitmq({ AMQP_URL, AMQP_MANAGEMENT_URL }) {
    assertSet({ AMQP_URL });
    const managementUrl = AMQP_MANAGEMENT_URL || defaultManagementUrl(AMQP_URL);
    await probeRabbitmq({ amqpUrl: AMQP_URL, managementUrl });
    return { AMQP_URL, AMQP_MANAGEMENT_URL: managementUrl };
  },
  async redis({ REDIS_URL }) {
    assertSet({ REDIS_URL });
    await probeRedis(REDIS_URL);
    return { REDIS_URL };
  },
};

/** The server that the environment names, if it really answers as what it should be. */
export async function useConfigured(server, env) {
  return { name: server, urls: await CHECKS[server](env) };
}

function assertSet(variables) {
  for (const [name, value] of Object.entries(variables)) {
    if (!value) throw new Error(`${name} is not set`);
    if (!URL.canParse(value)) throw new Error(`${name} is not a URL`);
  }
}
