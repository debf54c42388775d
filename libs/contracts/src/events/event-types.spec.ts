import type { AnyEvent, EventOf, EventType } from './event-schemas';
import type { LowStockEvent } from './low-stock/v1';

type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

// The compiler is the test: a claim that is false makes `true` an error.
describe('event types', () => {
  it('are told apart by eventType', () => {
    const claims: [
      Same<EventOf<'LOW_STOCK'>, LowStockEvent>,
      Same<AnyEvent['eventType'], EventType>,
      Same<Extract<AnyEvent, { eventType: 'LOW_STOCK' }>, LowStockEvent>,
    ] = [true, true, true];
    expect(claims).not.toContain(false);
  });

  it('give each event the fields of its document and no others', () => {
    const claims: [
      Same<EventOf<'StockLevelChangedEvent'>['data']['newQuantity'], number>,
      Same<EventOf<'InventoryReservedEvent'>['data']['userId'], string | undefined>,
      Same<EventOf<'InventoryReservationFailedEvent'>['data']['sequence'], number | null>,
      Same<EventOf<'LOW_STOCK'>['data']['variantId'], string | null>,
      'newQuantity' extends keyof EventOf<'StockStatusChangedEvent'>['data'] ? false : true,
    ] = [true, true, true, true, true];
    expect(claims).not.toContain(false);
  });

  it('make a switch over all of them exhaustive', () => {
    function familyOf(event: AnyEvent): 'stock' | 'reservation' | 'threshold' | 'proof' {
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
        case 'StockDriftDetectedEvent':
          return 'proof';
      }
    }
    expect(familyOf({ eventType: 'LOW_STOCK' } as LowStockEvent)).toBe('threshold');
  });
});
