/** Whether a number is a time to hold stock for. */
export function isTtl(ttlMs: number): boolean {
  return Number.isSafeInteger(ttlMs) && ttlMs > 0;
}
