import type { Outage } from './outage';
import { networkOutages } from './rows/network-outages';
import { postgresOutages } from './rows/postgres-outages';
import { processOutages } from './rows/process-outages';
import { rabbitmqOutages } from './rows/rabbitmq-outages';
import { redisOutages } from './rows/redis-outages';

/** Everything that goes wrong around the apps, in the order of the table. */
export const outages: readonly Outage[] = [
  ...postgresOutages,
  ...rabbitmqOutages,
  ...redisOutages,
  ...networkOutages,
  ...processOutages,
];
