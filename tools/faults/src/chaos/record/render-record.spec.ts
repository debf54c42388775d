import type { Footprint } from '../footprint/footprint';
import type { ChaosRow } from './chaos-row';
import { renderRecord } from './render-record';

const row: ChaosRow = {
  seed: 7,
  seconds: 60,
  faults: { 'process killed': 2, 'network cut': 1 },
  operations: 2_400,
  unknown: 3,
  events: 4_000,
  repetitions: 5,
  deaths: 2,
  restMs: 1_234,
  violations: [],
};

function linesOf(rows: readonly ChaosRow[]): string[] {
  return renderRecord(rows).replaceAll(/ +/g, ' ').split('\n');
}

describe('renderRecord', () => {
  it('adds up, and has a row per run', () => {
    const hung: ChaosRow = { seed: 8, seconds: 60, faults: {}, violations: ['lost (1)', 'stuck'] };
    const lines = linesOf([row, hung]);
    const total = lines.find((line) => line.startsWith('2 runs'));
    expect(total).toContain('2 runs, 3 faults, 2400 operations (3 with an unknown fate)');
    expect(total).toContain('1 runs with a violation');
    expect(lines).toContain('| process killed | 2 |');
    const kinds = '2 process killed, 1 network cut';
    expect(lines).toContain(`| 7 | 60 s | 3 | ${kinds} | 2400 | 3 | 4000 | 5 | 2 | 1.2 s | none |`);
    expect(lines).toContain('| 8 | 60 s | 0 | | - | - | - | - | - | never | lost (1); stuck |');
  });

  it('compares what long runs began and ended with', () => {
    const before: Footprint = { residentMb: { a: 90 }, sessions: {}, connections: {}, channels: 4 };
    const after: Footprint = { ...before, residentMb: { a: 95 }, sessions: { pool: 1 } };
    const lines = linesOf([{ ...row, seconds: 600, footprints: [before, after] }]);
    expect(lines).toContain('| memory of a | 90 MB | 95 MB |');
    expect(lines).toContain('| sessions of pool | 0 | 1 |');
    expect(lines).toContain('| channels | 4 | 4 |');
    expect(linesOf([row]).join()).not.toContain('memory of');
  });
});
