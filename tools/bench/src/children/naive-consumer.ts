import { createHash, randomUUID } from 'node:crypto';
import { createPool } from '@inventory-events/data-access';
import { createPrismaClient } from '@inventory-events/data-access/prisma';
import { decide, initialStockState, type StockEvent } from '@inventory-events/domain';
import { connect, type ConsumeMessage } from 'amqplib';
import type { UpdateBody } from '../load/update-bodies';
import { readChildOptions } from './child-options';

type Prisma = ReturnType<typeof createPrismaClient>;
type Transaction = Parameters<Parameters<Prisma['$transaction']>[0]>[0];

const POLICY = { rule: null, defaultLowStockThreshold: 10, defaultHysteresis: 0 };
const NIL = '00000000-0000-0000-0000-000000000000';

/** The consumer that one would write first: every message in a Prisma transaction of its own. */
async function main(): Promise<void> {
  const { amqpUrl, databaseUrl, queue, prefetch } = readChildOptions();
  const pool = createPool({
    connectionString: databaseUrl,
    applicationName: 'bench-naive',
    max: 16,
  });
  const prisma = createPrismaClient(pool);
  const connection = await connect(amqpUrl, { noDelay: true });
  const channel = await connection.createChannel();
  await channel.prefetch(prefetch);
  await channel.consume(queue, (message) => {
    if (!message) return;
    void prisma
      .$transaction((transaction) => handle(transaction, message), { maxWait: 60_000 })
      .then(() => channel.ack(message));
  });
}

async function handle(transaction: Transaction, message: ConsumeMessage): Promise<void> {
  const update = JSON.parse(message.content.toString()) as UpdateBody;
  await transaction.inboxMessage.create({
    data: {
      messageId: update.eventId,
      period: new Date(new Date().toISOString().slice(0, 10)),
      source: 'bench',
      bodyHash: createHash('sha256').update(message.content).digest(),
      outcome: 'applied',
      correlationId: update.correlationId,
    },
  });
  const item = await lockItem(transaction, update.productId);
  const stored = { ...initialStockState(), ...item, reserved: 0, sequence: Number(item.sequence) };
  const command = { type: 'observe' as const, quantity: update.newQuantity };
  const { state, events, movements } = decide(stored, command, POLICY);
  await transaction.stockItem.update({
    where: { id: item.id },
    data: {
      onHand: state.onHand,
      status: state.status,
      sequence: state.sequence,
      baselined: true,
      updatedAt: new Date(),
    },
  });
  for (const { type, quantity, reason } of movements) {
    const id = uuidV7();
    await transaction.stockMovement.create({
      data: { id, itemId: item.id, type, quantity, quantityAfter: state.onHand, reason },
    });
  }
  for (const event of events) await writeEvent(transaction, item.id, update, event);
}

async function lockItem(transaction: Transaction, productId: string) {
  await transaction.$executeRaw`
    INSERT INTO stock_items (id, product_id) VALUES (${randomUUID()}::uuid, ${productId}::uuid)
    ON CONFLICT DO NOTHING`;
  await transaction.$queryRaw`
    SELECT id FROM stock_items WHERE product_id = ${productId}::uuid FOR UPDATE`;
  return transaction.stockItem.findUniqueOrThrow({
    where: { productId_variantId_warehouseId: { productId, variantId: NIL, warehouseId: NIL } },
    select: { id: true, onHand: true, status: true, sequence: true, baselined: true },
  });
}

async function writeEvent(
  transaction: Transaction,
  itemId: string,
  { productId, correlationId, eventId: causeMessageId }: UpdateBody,
  event: StockEvent,
): Promise<void> {
  const { previousQuantity, newQuantity, sequence, type, threshold } = event;
  const id = uuidV7();
  const data = { productId, sequence, previousQuantity, newQuantity };
  const common = { itemId, eventType: type, sequence, correlationId };
  await transaction.inventoryEvent.create({
    data: {
      ...common,
      id,
      productId,
      previousQuantity,
      newQuantity,
      lowStockThreshold: threshold.lowStockThreshold,
      thresholdSource: threshold.source,
      cause: 'observe',
      causeMessageId,
      data,
    },
  });
  await transaction.outboxMessage.create({
    data: {
      ...common,
      eventId: id,
      partition: 0,
      routingKey: type,
      payload: JSON.stringify({ eventId: id, eventType: type, correlationId, data }),
    },
  });
}

function uuidV7(): string {
  const time = Date.now().toString(16).padStart(12, '0');
  const random = randomUUID();
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(15)}`;
}

void main();
