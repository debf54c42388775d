import { freePort, type RunningApp, startApp } from '@inventory-events/testing';
import { appEnvironment } from './app-environment';
import type { BenchEnvironment } from './bench-environment';

export interface InventoryApi extends RunningApp {
  grpcAddress: string;
}

/**
 * The heap of a container of the chart's limit of 320 MiB, with what the image says of its young
 * generation. Where Node may have gigabytes it leaves garbage lying for as long.
 */
const NODE_ARGUMENTS = ['--max-old-space-size=259', '--max-semi-space-size=16'];

/** The built app, without the limit on requests, which is there to stop what a benchmark does. */
export async function startInventoryApi(environment: BenchEnvironment): Promise<InventoryApi> {
  const grpcPort = await freePort();
  const env = {
    ...appEnvironment(environment),
    GRPC_PORT: String(grpcPort),
    RATE_LIMIT_PER_MINUTE: '10000000',
  };
  const app = await startApp({ app: 'inventory-api', env, nodeArguments: NODE_ARGUMENTS });
  return { ...app, grpcAddress: `127.0.0.1:${grpcPort}` };
}
