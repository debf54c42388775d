import { type sendUnaryData, Server, ServerCredentials } from '@grpc/grpc-js';
import { loadInventoryService } from '../clients/load-inventory-service';
import { readChildOptions } from './child-options';

const RESERVED = {
  orderId: '00000000-0000-7000-8000-000000000000',
  status: 'RESERVATION_STATUS_PENDING',
  reservations: [],
};

/** The ceiling for any gRPC service written with grpc-js: it reads the message and answers. */
function main(): void {
  const server = new Server();
  const answer = (_call: unknown, callback: sendUnaryData<object>) => callback(null, RESERVED);
  server.addService(loadInventoryService().service, { reserveStock: answer });
  const address = `127.0.0.1:${readChildOptions().port}`;
  server.bindAsync(address, ServerCredentials.createInsecure(), (error) => {
    if (error) throw error;
    process.send?.('ready');
  });
}

main();
