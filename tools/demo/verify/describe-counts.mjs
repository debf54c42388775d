/** `{applied: 3, stale: 1}` as `3 applied, 1 stale`. */
export function describeCounts(counts) {
  const parts = Object.entries(counts).map(([name, count]) => `${count} ${name}`);
  return parts.join(', ') || 'none';
}
