/**
 * How many of the partitions one member may hold. The shares of all members add up to exactly
 * `partitions`, so that everything is held by someone and nobody waits for what another keeps:
 * the remainder goes to the members that stand first.
 */
export function fairShare(partitions: number, members: readonly number[], self: number): number {
  const rank = [...members].sort((a, b) => a - b).indexOf(self);
  if (rank === -1) return 0;
  const base = Math.floor(partitions / members.length);
  return rank < partitions % members.length ? base + 1 : base;
}
