import type { AuditEvent } from '../audit/audit-event';
import type { PrismaClient } from '../generated/prisma/client';

/** Index: inventory_events_pkey of the one partition that the id belongs to. */
export async function findEvent(prisma: PrismaClient, id: string): Promise<AuditEvent | undefined> {
  const event = await prisma.inventoryEvent.findUnique({ where: { id } });
  if (event === null) return undefined;
  const { sequence, createdAt, ...rest } = event;
  return { ...rest, sequence: Number(sequence), createdAt: createdAt.toISOString() };
}
