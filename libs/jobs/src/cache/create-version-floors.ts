export interface VersionFloors {
  /** The highest version seen of the key; undefined when it is not remembered. */
  of(key: string): number | undefined;
  raise(key: string, version: number): void;
}

/** The highest version of each key, as far as `maxKeys` go; the longest unused are forgotten. */
export function createVersionFloors(maxKeys: number): VersionFloors {
  const floors = new Map<string, number>();
  return {
    of: (key) => floors.get(key),
    raise(key, version) {
      const floor = floors.get(key);
      // Put in again, it is the last to be forgotten.
      if (floor !== undefined) floors.delete(key);
      floors.set(key, floor === undefined ? version : Math.max(floor, version));
      if (floors.size <= maxKeys) return;
      const [oldest] = floors.keys();
      if (oldest !== undefined) floors.delete(oldest);
    },
  };
}
