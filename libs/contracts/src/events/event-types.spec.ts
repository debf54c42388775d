import type { AnyEvent, EventOf, EventType } from './event-schemas';
import type { LowStockEvent } from './low-stock/v1';

type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Compiles only if the type is `true`: the compiler is the test, running it merely records it. */
function proves<_Claim extends true>(): void {}

describe('event types', () => {
  it('are told apart by eventType', () => {
    proves<Same<EventOf<'LOW_STOCK'>, LowStockEvent>>();
    proves<Same<AnyEvent['eventType'], EventType>>();
    proves<Same<Extract<AnyEvent, { eventType: 'LOW_STOCK' }>, LowStockEvent>>();
  });

  it('give each event the fields of its document and no others', () => {
    proves<Same<EventOf<'StockLevelChangedEvent'>['data']['newQuantity'], number>>();
    proves<Same<EventOf<'InventoryReservedEvent'>['data']['userId'], string | undefined>>();
    proves<Same<EventOf<'InventoryReservationFailedEvent'>['data']['sequence'], number | null>>();
    proves<Same<EventOf<'LOW_STOCK'>['data']['variantId'], string | null>>();
    // @ts-expect-error a status event carries no new quantity
    type _Absent = EventOf<'StockStatusChangedEvent'>['data']['newQuantity'];
  });

  it('make a switch over all of them exhaustive', () => {
    function familyOf(event: AnyEvent): 'stock' | 'reservation' | 'threshold' {
      switch (event.eventType) {
        case 'StockLevelChangedEvent':
        case 'StockStatusChangedEvent':
        case 'LowStockThresholdReachedEvent':
          return 'stock';
        case 'InventoryReservedEvent':
        case 'InventoryReservationFailedEvent':
        case 'InventoryReleasedEvent':
        case 'InventoryCommittedEvent':
          return 'reservation';
        case 'LOW_STOCK':
        case 'OUT_OF_STOCK':
        case 'BACK_IN_STOCK':
          return 'threshold';
      }
    }
    expect(familyOf({ eventType: 'LOW_STOCK' } as LowStockEvent)).toBe('threshold');
  });
});
