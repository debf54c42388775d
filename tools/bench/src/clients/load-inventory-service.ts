import { join } from 'node:path';
import { loadPackageDefinition, type ServiceClientConstructor } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

/** `inventory.v1.InventoryService` from the contracts, for a client and for a server. */
export function loadInventoryService(): ServiceClientConstructor {
  const folder = join('libs', 'contracts', 'proto');
  const definition = loadSync('inventory/v1/inventory.proto', {
    includeDirs: [folder],
    keepCase: false,
  });
  const loaded = loadPackageDefinition(definition) as unknown as {
    inventory: { v1: { InventoryService: ServiceClientConstructor } };
  };
  return loaded.inventory.v1.InventoryService;
}
