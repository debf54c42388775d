export interface LeaseKeys {
  /** First key of the advisory locks that stand for partitions; the second is the partition. */
  readonly partitionClass: number;
  /** First key of the locks that stand for live members; the second is their backend's pid. */
  readonly presenceClass: number;
}

/** Two lock classes per namespace, equal in every process and apart from other namespaces. */
export function leaseKeys(namespace: string): LeaseKeys {
  return {
    partitionClass: fnv1a(`${namespace}/partition`),
    presenceClass: fnv1a(`${namespace}/presence`),
  };
}

/** 31 bits: positive as an int4, and the same number when pg_locks shows it as an oid. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 1;
}
