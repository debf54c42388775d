import { once } from 'node:events';
import express from 'express';
import { readChildOptions } from './child-options';

const ID = '00000000-0000-7000-8000-000000000000';

const RESERVED = {
  orderId: ID,
  status: 'PENDING',
  expiresAt: '2026-01-01T00:00:00.000Z',
  reservations: [
    { reservationId: ID, inventoryId: ID, warehouseId: null, quantity: 1, status: 'PENDING' },
  ],
};

const AVAILABLE = {
  inventoryId: ID,
  productId: ID,
  variantId: null,
  warehouseId: null,
  sku: null,
  itemCount: 1,
  requested: 1,
  quantityAvailable: 1_000,
  available: true,
  reason: null,
};

/** What the inventory API answers, by the path; always the same. */
const ANSWERS: readonly [path: string, status: number, body: object][] = [
  ['/reserved', 201, RESERVED],
  ['/available', 200, { available: true, items: [AVAILABLE] }],
  ['/hundred-available', 200, { items: Array<object>(100).fill(AVAILABLE) }],
];

/** The ceiling for any API written with Express: it parses the body and answers. */
async function main(): Promise<void> {
  const app = express();
  app.disable('x-powered-by').disable('etag');
  app.use(express.json());
  for (const [path, status, body] of ANSWERS) {
    app.post(path, (_request, response) => void response.status(status).json(body));
  }
  await once(app.listen(readChildOptions().port, '127.0.0.1'), 'listening');
  process.send?.('ready');
}

void main();
