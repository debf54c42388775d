import { manageBroker } from '../bootstrap/manage-broker.mjs';

const OUTLIVING = ['configured', 'standing'];

/**
 * Removes what the tests of this run left on servers that outlive it: the template database, and
 * virtual hosts of test files that did not come to their end. Databases of failed tests stay, and
 * are named.
 */
export async function removeLeftovers({ runId, stack, log }) {
  const prefix = `inventory_test_${runId}_`;
  const { how, env } = stack;
  if (OUTLIVING.includes(how.postgres)) await removeTemplates(env.DATABASE_URL, prefix, log);
  if (OUTLIVING.includes(how.rabbitmq)) await removeVhosts(env.AMQP_MANAGEMENT_URL, prefix);
}

async function removeTemplates(connectionString, prefix, log) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query(
      `SELECT datname AS name, datistemplate AS "isTemplate"
         FROM pg_database WHERE starts_with(datname, $1)`,
      [prefix],
    );
    for (const { name, isTemplate } of rows) {
      if (!isTemplate) {
        log(`kept database ${name} of a failed test`);
        continue;
      }
      await client.query(`ALTER DATABASE ${name} IS_TEMPLATE false`);
      await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
    }
  } finally {
    await client.end();
  }
}

async function removeVhosts(managementUrl, prefix) {
  const broker = manageBroker(managementUrl);
  const vhosts = await broker('GET', 'vhosts?columns=name');
  for (const { name } of vhosts.filter((vhost) => vhost.name.startsWith(prefix))) {
    await broker('DELETE', `vhosts/${name}`);
  }
}
