import type { PlainUpdate } from '../oracle/plain-update';

export type Cause = 'opening' | 'sale' | 'return' | 'restock' | 'write-off';

/** The three kinds of body that the pipeline accepts. */
export type WireFormat = 'native' | 'envelope' | 'stock-updated';

/** An update of the shop day, with what its wire format needs beside the plain quantities. */
export interface StockChange {
  update: PlainUpdate;
  cause: Cause;
  stockCode: string;
  format: WireFormat;
  /** The quantity before, whether or not the update tells it. */
  before: number;
}
