import { FAULT_KINDS } from '../plan/fault-templates';
import { isLong } from '../plan/chaos-plan';
import { type ChaosRow, faultsOf } from './chaos-row';
import { chaosTable } from './chaos-table';

/** A summary of many runs as Markdown, with aligned tables. */
export function renderRecord(rows: readonly ChaosRow[]): string {
  const failed = rows.filter((row) => row.violations.length > 0).length;
  const sum = (of: (row: ChaosRow) => number | undefined) =>
    rows.reduce((total, row) => total + (of(row) ?? 0), 0);
  const faults = sum(faultsOf);
  const text = [
    `${rows.length} runs, ${faults} faults, ${sum((row) => row.operations)} operations`,
    `(${sum((row) => row.unknown)} with an unknown fate), ${sum((row) => row.events)} events,`,
    `${sum((row) => row.repetitions)} publications beyond the first of an event,`,
    `${sum((row) => row.deaths)} processes that ended: ${failed} runs with a violation.`,
  ].join(' ');
  const kinds = FAULT_KINDS.map((kind) => [kind, String(sum((row) => row.faults[kind]))]);
  const sections = [
    '# Record of a run of chaos',
    'Written by `npm run faults -- chaos --record`; what it does is told in [reliability](reliability.md).',
    text,
    table([['kind of fault', 'times'], ...kinds]),
    table(chaosTable(rows)),
    ...footprintsOf(rows),
  ];
  return `${sections.join('\n\n')}\n`;
}

/** Of the runs that are long enough for it. */
function footprintsOf(rows: readonly ChaosRow[]): string[] {
  return rows.filter(isLong).flatMap(({ seed, footprints }) => {
    if (footprints === undefined) return [];
    const [before, after] = footprints;
    const cells: string[][] = [['idle, seed ' + seed, 'at the beginning', 'at the end']];
    const compare = (what: string, unit: string, from: Counts, to: Counts) => {
      for (const name of new Set([...Object.keys(from), ...Object.keys(to)])) {
        cells.push([`${what} ${name}`, `${from[name] ?? 0}${unit}`, `${to[name] ?? 0}${unit}`]);
      }
    };
    compare('memory of', ' MB', before.residentMb, after.residentMb);
    compare('sessions of', '', before.sessions, after.sessions);
    compare('connections of', '', before.connections, after.connections);
    cells.push(['channels', String(before.channels), String(after.channels)]);
    return [table(cells)];
  });
}

type Counts = Readonly<Record<string, number>>;

function table(rows: readonly (readonly string[])[]): string {
  const [header = []] = rows;
  const widths = header.map((_, column) =>
    Math.max(3, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |`;
  const [first = '', ...others] = rows.map(line);
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [first, rule, ...others].join('\n');
}
