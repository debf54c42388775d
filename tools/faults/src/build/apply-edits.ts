import type { SourceEdit } from './source-edit';

/**
 * The text with all edits made, each on what the ones before it left. Throws when a text to be
 * found is not there exactly once, so that a refactoring can't silently drop a crash point.
 */
export function applyEdits(text: string, edits: readonly SourceEdit[]): string {
  return edits.reduce(applyEdit, text);
}

function applyEdit(text: string, { file, find, replace }: SourceEdit): string {
  const parts = text.split(find);
  if (parts.length !== 2) {
    throw new Error(`${file}: found ${parts.length - 1} times instead of once:\n${find}`);
  }
  return parts.join(replace);
}
