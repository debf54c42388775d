/** What a process writes when its clock jumps. */
export const JUMPED = 'the clock has jumped';

/**
 * NODE_OPTIONS for a process whose clock jumps ahead at SIGUSR2, and back at the next. Timers go on:
 * they have a clock of their own.
 */
export function jumpingClock(aheadMs: number): string {
  const script = `
    let ahead = 0;
    const Real = Date;
    globalThis.Date = class extends Real {
      constructor(...words) { super(...(words.length > 0 ? words : [Real.now() + ahead])); }
      static now() { return Real.now() + ahead; }
    };
    process.on('SIGUSR2', () => {
      ahead = ahead === 0 ? ${aheadMs} : 0;
      process.stderr.write('${JUMPED} to ' + new Date().toISOString() + '\\n');
    });`;
  return `--import=data:text/javascript,${encodeURIComponent(script)}`;
}
