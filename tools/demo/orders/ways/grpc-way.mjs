import path from 'node:path';
import { credentials, loadPackageDefinition, Metadata, status } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

const TIMEOUT_MS = 20_000;

/** Over gRPC, with the protobuf files that other teams get as well. */
export function createGrpcWay({ root, address, token }) {
  const client = new (loadService(root))(address, credentials.createInsecure());
  const metadata = new Metadata();
  metadata.set('authorization', `Bearer ${token}`);
  const reservations = new Map();

  function call(method, request) {
    return new Promise((resolve, reject) => {
      const deadline = Date.now() + TIMEOUT_MS;
      client[method](request, metadata, { deadline }, (error, answer) =>
        error ? reject(error) : resolve(answer),
      );
    });
  }

  async function endAll({ orderId }, method) {
    for (const reservationId of reservations.get(orderId)) await call(method, { reservationId });
  }

  return {
    async reserve({ orderId, userId, ttlSeconds, lines }) {
      const request = { orderId, userId, ttlSeconds, lines: lines.map(toLine) };
      try {
        const answer = await call('reserveStock', request);
        const ids = answer.reservations.map(({ reservationId }) => reservationId);
        reservations.set(orderId, ids);
        return 'reserved';
      } catch (error) {
        if (error.code === status.FAILED_PRECONDITION) return 'refused';
        throw error;
      }
    },
    pay: (order) => endAll(order, 'commitReservation'),
    cancel: (order) => endAll(order, 'cancelReservation'),
    restock: ({ product: { sku }, quantity }) =>
      call('updateStock', { item: { sku }, quantityChange: quantity, reason: 'RECEIVED' }),
    close: () => client.close(),
  };
}

const toLine = ({ product: { productId }, quantity }) => ({ item: { productId }, quantity });

function loadService(root) {
  const includeDirs = [path.join(root, 'libs', 'contracts', 'proto')];
  const definition = loadSync('inventory/v1/inventory.proto', { includeDirs });
  return loadPackageDefinition(definition).inventory.v1.InventoryService;
}
