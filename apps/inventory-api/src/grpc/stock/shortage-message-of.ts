import type { LineAvailability } from '../../availability/availability';

/** Why a line can't be had, for people; empty where it can. */
export function shortageMessageOf(line: LineAvailability | undefined): string {
  switch (line?.reason) {
    case 'PRODUCT_NOT_FOUND':
      return 'There is no stock entry for it.';
    case 'PRODUCT_DISCONTINUED':
      return 'The product is out of sale.';
    case 'INSUFFICIENT_STOCK':
      return `Only ${line.quantityAvailable} are available.`;
    default:
      return '';
  }
}
