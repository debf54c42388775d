/** How much of everything is measured: `BENCH_SCALE=0.1` is a quick look, 1 the documented size. */
export function scaled(count: number): number {
  const scale = Number(process.env['BENCH_SCALE'] ?? '1');
  if (!(scale > 0)) throw new Error('BENCH_SCALE must be a number above 0');
  return Math.max(1, Math.round(count * scale));
}
