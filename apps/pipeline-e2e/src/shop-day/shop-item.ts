import { seededInt, seededUuid } from './seeded';
import type { WireFormat } from './stock-change';

export interface ShopItem {
  stockCode: string;
  productId: string;
  format: WireFormat;
  opening: number;
  /** Sent with every update of the item. */
  messageThreshold?: number;
  /** To be stored as a rule of the product before the day starts. */
  rule?: { threshold: number; band: number };
}

const FORMATS: readonly WireFormat[] = ['native', 'native', 'envelope', 'stock-updated'];

/** How an item of the shop is kept: what depends on its code alone. */
export function shopItem(stockCode: string): ShopItem {
  const format = FORMATS[seededInt(FORMATS.length, 'format', stockCode)] ?? 'native';
  const item = {
    stockCode,
    productId: seededUuid('product', stockCode),
    format,
    opening: seededInt(60, 'opening', stockCode),
  };
  const kept = seededInt(5, 'threshold', stockCode);
  if (kept === 0 && format === 'native') {
    return { ...item, messageThreshold: 5 + seededInt(20, 'limit', stockCode) };
  }
  if (kept === 1) {
    const threshold = 5 + seededInt(20, 'limit', stockCode);
    return { ...item, rule: { threshold, band: seededInt(6, 'band', stockCode) } };
  }
  return item;
}
