import type { BuiltApp } from '../../build/app-name';
import type { StartedApp, World } from '../../world/open-world';
import { waitUntilReady } from '../../world/wait-until-ready';
import { waitUntilShared } from '../../world/wait-until-shared';
import type { Disturbance } from '../outage';

const REPLICAS: readonly (readonly [BuiltApp, number])[] = [
  ['ingest-worker', 0],
  ['ingest-worker', 1],
  ['outbox-relay', 0],
  ['outbox-relay', 1],
  ['inventory-api', 0],
];

/** Two of whatever shares its work, and the API; resolves with the API when all are ready. */
export async function startApps(
  world: World,
  { environment }: Pick<Disturbance, 'environment'>,
): Promise<StartedApp> {
  for (const [app, replica] of REPLICAS) {
    await world.start(app, { env: environment?.(app, replica) ?? {} });
  }
  await waitUntilReady(...world.apps);
  await waitUntilShared(world, 'ingest-worker');
  await waitUntilShared(world, 'outbox-relay');
  return world.apps.at(-1) as StartedApp;
}
