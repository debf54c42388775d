import { freePort, type RunningApp, startApp } from '@inventory-events/testing';
import { appEnvironment } from './app-environment';
import type { BenchEnvironment } from './bench-environment';

export interface InventoryApi extends RunningApp {
  grpcAddress: string;
}

/** The built app, without the limit on requests, which is there to stop what a benchmark does. */
export async function startInventoryApi(environment: BenchEnvironment): Promise<InventoryApi> {
  const grpcPort = await freePort();
  const env = {
    ...appEnvironment(environment),
    GRPC_PORT: String(grpcPort),
    RATE_LIMIT_PER_MINUTE: '10000000',
  };
  const app = await startApp({ app: 'inventory-api', env });
  return { ...app, grpcAddress: `127.0.0.1:${grpcPort}` };
}
