import { credentials, Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { benchToken } from '../load/bench-token';
import type { ApiClient } from './api-client';
import { loadInventoryService } from './load-inventory-service';

const CHANNELS = 4;

type Unary = (
  request: object,
  metadata: Metadata,
  callback: (error: ServiceError | null) => void,
) => void;

/** Calls one method over a few channels, as a service with several replicas would. */
export function createGrpcClient(options: { address: string; method: string }): ApiClient {
  const Service = loadInventoryService();
  const channels = Array.from(
    { length: CHANNELS },
    (_, index) =>
      new Service(options.address, credentials.createInsecure(), { 'bench.channel': index }),
  );
  const metadata = new Metadata();
  metadata.set('authorization', `Bearer ${benchToken('operator')}`);
  let next = 0;
  return {
    ask(body) {
      const channel = channels[next % CHANNELS];
      next += 1;
      const call = (channel?.[options.method] as Unary).bind(channel);
      return new Promise((resolve) =>
        call(body, metadata, (error) => resolve(status[error?.code ?? status.OK])),
      );
    },
    close() {
      for (const channel of channels) channel.close();
    },
  };
}
