import type { PrismaClient } from '../generated/prisma/client';

export interface ParkedEvent {
  readonly id: string;
  readonly eventType: string;
  readonly itemId: string;
  readonly sequence: number;
  readonly routingKey: string;
  readonly correlationId: string;
  readonly payload: string;
  readonly createdAt: Date;
  readonly attempts: number;
  readonly errorCode: string;
  readonly errorMessage: string;
  readonly parkedAt: Date;
}

export interface ParkedPosition {
  readonly parkedAt: Date;
  readonly id: string;
}

export interface ParkedPage {
  readonly after?: ParkedPosition | undefined;
  readonly limit: number;
}

/**
 * Parked events that wait for an operator, the longest parked first. Index:
 * outbox_parked_parked_at_idx (parked_at, id), from the cursor's time on.
 */
export async function listParkedEvents(
  prisma: PrismaClient,
  { after, limit }: ParkedPage,
): Promise<readonly ParkedEvent[]> {
  const rows = await prisma.parkedEvent.findMany({
    where: {
      redrivenAt: null,
      ...(after && {
        parkedAt: { gte: after.parkedAt },
        NOT: { parkedAt: after.parkedAt, id: { lte: after.id } },
      }),
    },
    orderBy: [{ parkedAt: 'asc' }, { id: 'asc' }],
    take: limit,
    omit: { partition: true, traceparent: true, redrivenAt: true },
  });
  return rows.map((row) => ({ ...row, sequence: Number(row.sequence) }));
}
