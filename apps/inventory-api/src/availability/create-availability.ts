import {
  type Availability as Stored,
  type AvailabilitySum,
  readAvailability,
  sumAvailability,
} from '@inventory-events/data-access';
import { AppError } from '@inventory-events/errors';
import type { Database } from '../database';
import type { ItemIdentity, ItemResolver } from '../items/item-resolver';
import { createSharedReads } from '../reads/create-shared-reads';
import type { Availability, AvailabilityLine } from './availability';
import { toLineAvailability } from './to-line-availability';

export interface AvailabilityDeps {
  readonly pool: Database;
  readonly resolver: ItemResolver;
}

type Match = ItemIdentity | 'several' | undefined;

const NO_SUMS = new Map<number, AvailabilitySum>();

export function createAvailability({ pool, resolver }: AvailabilityDeps): Availability {
  const readItems = createSharedReads({
    read: (ids: readonly string[]) => readAvailability(pool, ids),
  });

  async function judge(lines: readonly AvailabilityLine[], matches: readonly Match[]) {
    const ids = matches.flatMap((match) => (isItem(match) ? match.inventoryId : []));
    const several = lines.filter((_, index) => matches[index] === 'several');
    const [stored, sums] = await Promise.all([
      ids.length > 0 ? readItems(ids) : [],
      several.length > 0 ? sumAvailability(pool, several) : NO_SUMS,
    ]);
    const isRepeated = several.length > 1 || new Set(ids).size < ids.length;
    const wanted = isRepeated ? sumByName(lines, matches) : undefined;
    // Both are in the order of the lines that they are of.
    const items = stored.values();
    const totals = several.map((_, place) => sums.get(place)).values();
    return lines.map((line, index) => {
      const match = matches[index];
      const ofSeveral = match === 'several' ? totals.next().value : undefined;
      const found = isItem(match) ? toSum(items.next().value) : ofSeveral;
      const sum = wanted?.get(nameOf(line, match)) ?? line.quantity;
      return toLineAvailability(line, { match, found, wanted: sum });
    });
  }

  return {
    async check(lines) {
      const matches = await resolver.matchAll(lines);
      const at = matches.indexOf('several');
      if (at >= 0) throw namesSeveral(at);
      const judged = await judge(lines, matches);
      return { available: judged.every((line) => line.available), lines: judged };
    },
    async checkEach(lines) {
      return judge(lines, await resolver.matchAll(lines));
    },
  };
}

function isItem(match: Match): match is ItemIdentity {
  return match !== undefined && match !== 'several';
}

function toSum(stored: Stored | undefined): AvailabilitySum | undefined {
  if (stored === undefined) return undefined;
  const { availableQuantity, isDiscontinued } = stored;
  return { availableQuantity, isDiscontinued, itemCount: 1 };
}

/** Lines of one name want the same units. */
function nameOf(line: AvailabilityLine, match: Match): string {
  if (isItem(match)) return match.inventoryId;
  const { productId, sku, variantId, warehouseId } = line;
  return JSON.stringify([productId, sku, variantId, warehouseId]);
}

function sumByName(lines: readonly AvailabilityLine[], matches: readonly Match[]) {
  const sums = new Map<string, number>();
  for (const [index, line] of lines.entries()) {
    const name = nameOf(line, matches[index]);
    sums.set(name, (sums.get(name) ?? 0) + line.quantity);
  }
  return sums;
}

function namesSeveral(index: number): AppError {
  return new AppError('INVALID_REQUEST', 'A line names several stock entries.', {
    details: [
      {
        field: `body.items.${index}`,
        message: 'names several stock entries: the variant or the warehouse tells them apart',
      },
    ],
  });
}
