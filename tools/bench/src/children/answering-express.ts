import { once } from 'node:events';
import express from 'express';
import { readChildOptions } from './child-options';

const RESERVED = {
  orderId: '00000000-0000-7000-8000-000000000000',
  status: 'PENDING',
  expiresAt: '2026-01-01T00:00:00.000Z',
  reservations: [],
};

/** The ceiling for any API written with Express: it parses the body and answers. */
async function main(): Promise<void> {
  const app = express();
  app.disable('x-powered-by').disable('etag');
  app.use(express.json());
  app.post('/', (_request, response) => void response.status(201).json(RESERVED));
  await once(app.listen(readChildOptions().port, '127.0.0.1'), 'listening');
  process.send?.('ready');
}

void main();
