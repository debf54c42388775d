/** The smallest UUIDv7 of a millisecond: a bound of time as a bound of ids. */
export function uuidV7Floor(epochMs: number): string {
  const hex = Math.max(0, Math.floor(epochMs)).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}
