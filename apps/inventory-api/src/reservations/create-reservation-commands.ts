import type { ReservationTarget as LedgerTarget } from '@inventory-events/domain';
import type { Logger } from '@inventory-events/service-runtime';
import type { LedgerAnswer, ReservationLedgerCommand } from '@inventory-events/stock-ledger';
import type { Caller } from '../commands/caller';
import { executeCommand } from '../commands/execute-command';
import { keepRefusal } from '../commands/keep-refusal';
import { refusalOf } from '../commands/refusal-of';
import { toCommandContext } from '../commands/to-command-context';
import { assertTtl } from './assert-ttl';
import type { ReserveDeps } from './create-reserve';
import type { OrderReservations, Reservations, ReservationTarget } from './reservations';
import { toHeldReservations } from './to-held-reservations';
import { toLedgerTarget } from './to-ledger-target';

type Outcome = LedgerAnswer['outcome'];

interface Intent {
  readonly operation: 'commit' | 'cancel' | 'extend';
  readonly target: ReservationTarget;
  readonly request: unknown;
  readonly note?: string | undefined;
  toCommand(target: LedgerTarget): ReservationLedgerCommand['reservation'];
  /** What counts as done beside what was done now. */
  accepted?(answer: LedgerAnswer): Outcome[];
}

export interface ReservationCommandsDeps extends ReserveDeps {
  readonly logger: Logger;
}

/** What is done to reservations that are there: see `Reservations`. */
export function createReservationCommands({
  queue,
  resolver,
  ttl,
  logger,
}: ReservationCommandsDeps): Pick<Reservations, 'commit' | 'cancel' | 'extend'> {
  async function execute(intent: Intent, caller: Caller): Promise<OrderReservations> {
    const { operation, request, note, toCommand, accepted } = intent;
    const context = toCommandContext(caller, operation, request);
    const target = await toLedgerTarget(resolver, intent.target);
    const answer =
      'refusal' in target
        ? await keepRefusal(queue, context, target.refusal, caller)
        : await executeCommand(queue, { note, reservation: toCommand(target), ...context }, caller);
    const refusal = refusalOf(answer, {
      notFound: 'RESERVATION_NOT_FOUND',
      accepted: accepted?.(answer) ?? [],
    });
    if (refusal !== undefined) throw refusal;
    return toHeldReservations(answer);
  }

  return {
    commit(request, caller) {
      const { quantity, ...target } = request;
      const intent: Intent = {
        operation: 'commit',
        target,
        request,
        toCommand: (named) => ({ type: 'commit', ...named, quantity }),
        accepted: (answer) => (isAsSold(answer, quantity) ? ['already_committed'] : []),
      };
      return execute(intent, caller);
    },
    async cancel(request, caller) {
      const { quantity, reason, ...target } = request;
      const intent: Intent = {
        operation: 'cancel',
        target,
        request,
        note: reason,
        toCommand: (named) => ({ type: 'cancel', ...named, quantity }),
        accepted: () => ['already_cancelled', 'expired'],
      };
      const cancelled = await execute(intent, caller);
      if (reason !== undefined) {
        const { correlationId, subject } = caller;
        const { orderId, reservations } = cancelled;
        logger.info({ correlationId, subject, orderId, reservations, reason }, 'cancelled');
      }
      return cancelled;
    },
    async extend(request, caller) {
      const { ttlSeconds, ...target } = request;
      assertTtl(ttlSeconds, ttl);
      const intent: Intent = {
        operation: 'extend',
        target,
        request,
        toCommand: (named) => ({ type: 'extend', ...named, ttlMs: ttlSeconds * 1_000 }),
      };
      return execute(intent, caller);
    },
  };
}

/** A part that was asked for is what was sold; who asks for all takes what was. */
function isAsSold({ reservations = [] }: LedgerAnswer, quantity: number | undefined): boolean {
  return quantity === undefined || reservations.every((sold) => sold.quantity === quantity);
}
