import type { OfferedEntry, StoredEntry } from './create-versioned-store';

/** What a cache has to know of its values. */
export interface CachedValueTerms<Value> {
  /** Of two values of a key the later one has the higher version. A whole number. */
  versionOf(value: Value): number;
  /** Values that are not worth keeping; their version is remembered all the same. */
  isKept?(value: Value): boolean;
}

export function toOffer<Value>(
  key: string,
  value: Value,
  { versionOf, isKept = () => true }: CachedValueTerms<Value>,
  action: 'keep' | 'replace',
): OfferedEntry {
  const version = versionOf(value);
  return isKept(value)
    ? { key, version, text: JSON.stringify(value), action }
    : { key, version, text: '', action: 'drop' };
}

export function toValue<Value>({ text }: StoredEntry): Value {
  return JSON.parse(text) as Value;
}
