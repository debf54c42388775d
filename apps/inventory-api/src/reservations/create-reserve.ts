import { AppError } from '@inventory-events/errors';
import type { CommandQueue, LedgerAnswer } from '@inventory-events/stock-ledger';
import type { Caller } from '../commands/caller';
import { executeCommand } from '../commands/execute-command';
import { keepRefusal } from '../commands/keep-refusal';
import { refusalOf } from '../commands/refusal-of';
import { toCommandContext } from '../commands/to-command-context';
import type { ItemResolver } from '../items/item-resolver';
import { assertTtl, type TtlLimits } from './assert-ttl';
import type { ReservationRequest, ReserveAnswer } from './reservations';
import { resolveLines } from './resolve-lines';
import { toHeldReservations } from './to-held-reservations';

export const MAX_LINES = 1_000;

export interface ReserveDeps {
  readonly queue: CommandQueue;
  readonly resolver: ItemResolver;
  readonly ttl: TtlLimits;
}

/** Holds the lines of an order: see `Reservations.reserve`. */
export function createReserve({ queue, resolver, ttl }: ReserveDeps) {
  return async (request: ReservationRequest, caller: Caller): Promise<ReserveAnswer> => {
    const { orderId, userId = null, ttlSeconds = ttl.ttlSeconds, items, scope } = request;
    assertLineCount(items.length);
    assertTtl(ttlSeconds, ttl);
    const context = toCommandContext(caller, 'reserve', request);

    async function answerOf(): Promise<LedgerAnswer> {
      const resolved = await resolveLines(resolver, items);
      if ('refusal' in resolved) return keepRefusal(queue, context, resolved.refusal, caller);
      const { lines } = resolved;
      const terms = { orderId, userId, ttlMs: ttlSeconds * 1_000, lines, scope };
      return executeCommand(
        queue,
        { reservation: { type: 'reserve', ...terms }, ...context },
        caller,
      );
    }

    const answer = await answerOf();
    const refusal = refusalOf(answer, { notFound: 'PRODUCT_NOT_FOUND' });
    if (refusal !== undefined) throw refusal;
    return { isNew: answer.outcome === 'reserved', ...toHeldReservations(answer) };
  };
}

function assertLineCount(count: number): void {
  if (count >= 1 && count <= MAX_LINES) return;
  const message = `must be 1 to ${MAX_LINES} lines`;
  throw new AppError('INVALID_REQUEST', `The items ${message}.`, {
    details: [{ field: 'body.items', message }],
  });
}
