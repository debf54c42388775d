import { type ItemKey, itemKeyText, type LockedItem } from '@inventory-events/data-access';
import type { LedgerCommand } from '../ledger-command';

const CREATING: ReadonlySet<string> = new Set(['open', 'observe', 'receive']);

/** The items that the commands name, each once. */
export function distinctItems(commands: readonly LedgerCommand[]): ItemKey[] {
  const keys = new Map<string, ItemKey>();
  for (const command of commands) {
    for (const item of itemsOf(command)) keys.set(itemKeyText(item), item);
  }
  return [...keys.values()];
}

/** Items that a command brings into being. The others answer `not_found` where there is none. */
export function missingItems(
  commands: readonly LedgerCommand[],
  found: readonly LockedItem[],
): ItemKey[] {
  const present = new Set(found.map(itemKeyText));
  const missing = new Map<string, ItemKey>();
  for (const command of commands) {
    if (!('item' in command) || !CREATING.has(command.command.type)) continue;
    const key = itemKeyText(command.item);
    if (!present.has(key)) missing.set(key, command.item);
  }
  return [...missing.values()];
}

function itemsOf(command: LedgerCommand): readonly ItemKey[] {
  if ('item' in command) return [command.item];
  if ('refusal' in command) return [];
  const { reservation } = command;
  return reservation.type === 'reserve' ? reservation.lines.map((line) => line.item) : [];
}
