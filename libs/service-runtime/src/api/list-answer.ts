import { z } from './zod';

/** The answer of every list: its entries, and where the next page begins when there is one. */
export function listAnswerSchema<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

/** Ask for one entry more than the limit: whether it came tells whether there is a next page. */
export function toListAnswer<Row, Item>(
  rows: readonly Row[],
  options: {
    readonly limit: number;
    readonly toItem: (row: Row) => Item;
    readonly toCursor: (row: Row) => string;
  },
): { items: Item[]; nextCursor: string | null } {
  const page = rows.slice(0, options.limit);
  const last = page.at(-1);
  const hasMore = rows.length > options.limit && last !== undefined;
  return { items: page.map(options.toItem), nextCursor: hasMore ? options.toCursor(last) : null };
}
