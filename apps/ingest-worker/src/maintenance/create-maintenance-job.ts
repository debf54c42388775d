import {
  type createPool,
  expireOrderOutcomes,
  maintainPartitions,
} from '@inventory-events/data-access';
import { createScheduledJob, type ScheduledJob } from '@inventory-events/jobs';
import type { Logger } from '@inventory-events/service-runtime';
import type { Config } from '../config';

export interface MaintenanceDeps {
  readonly pool: ReturnType<typeof createPool>;
  readonly redis: Config['redis'];
  readonly settings: Config['maintenance'];
  readonly logger: Logger;
}

/**
 * Makes the time partitions of the coming weeks, drops those past their retention, and forgets the
 * events whose orders never came.
 */
export function createMaintenanceJob(deps: MaintenanceDeps): ScheduledJob {
  const { pool, settings, logger } = deps;
  return createScheduledJob({
    name: 'partition-maintenance',
    everyMs: settings.intervalMs,
    redisUrl: deps.redis.url,
    keyPrefix: deps.redis.keyPrefix,
    logger,
    async run() {
      const { outcome, made, dropped } = await maintainPartitions(pool, settings.retention);
      if (made > 0 || dropped.length > 0) logger.info({ made, dropped }, 'partitions maintained');
      else logger.debug({ outcome }, 'no partition to make or drop');
      const expired = await expireOrderOutcomes(pool, { days: settings.orderOutcomeDays });
      if (expired > 0) logger.warn({ expired }, 'forgot events whose orders never came');
    },
  });
}
