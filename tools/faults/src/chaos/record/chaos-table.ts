import { secondsOf } from '../../report/describe-result';
import { FAULT_KINDS } from '../plan/fault-templates';
import { type ChaosRow, faultsOf } from './chaos-row';

const HEADER = [
  'seed',
  'duration',
  'faults',
  'of these',
  'operations',
  'unknown',
  'events',
  'again',
  'ended',
  'time to rest',
  'violations',
];

/** One row per run: what was done, and what came of it. */
export function chaosTable(rows: readonly ChaosRow[]): string[][] {
  return [HEADER, ...rows.map(toCells)];
}

function toCells(row: ChaosRow): string[] {
  const text = (value: number | undefined) => (value === undefined ? '-' : String(value));
  const kinds = FAULT_KINDS.filter((kind) => row.faults[kind] !== undefined);
  const { seed, seconds, operations, unknown, events, repetitions, deaths, restMs } = row;
  return [
    String(seed),
    `${seconds} s`,
    String(faultsOf(row)),
    kinds.map((kind) => `${row.faults[kind]} ${kind}`).join(', '),
    ...[operations, unknown, events, repetitions, deaths].map(text),
    secondsOf(restMs ?? Infinity),
    row.violations.length === 0 ? 'none' : row.violations.join('; '),
  ];
}
