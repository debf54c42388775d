import type { Figure, Limit } from './figure';
import { verdictOf } from './verdict-of';

const HEADER = ['benchmark', 'measured', 'value', 'against', 'ratio', 'must', 'aim', 'reached'];

export function renderTable(figures: readonly Figure[]): string {
  const rows = [HEADER, ...figures.map(rowOf)];
  const widths = HEADER.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '-'.repeat(width));
  return [line(HEADER), line(rule), ...rows.slice(1).map(line)].join('\n');
}

function rowOf(figure: Figure): string[] {
  const { baseline, ratio } = figure;
  return [
    figure.benchmark,
    figure.what,
    amount(figure.value, figure.unit),
    baseline ? `${amount(baseline.value, baseline.unit)} ${baseline.what}` : '',
    ratio === undefined ? '' : ratio.toFixed(2),
    limit(figure.must),
    limit(figure.aim),
    verdictOf(figure),
  ];
}

function amount(value: number, unit: string): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  const text = value.toFixed(digits).replace(/\B(?=(\d{3})+(?!\d))/g, ' ');
  return `${text} ${unit}`;
}

function limit(given: Limit | undefined): string {
  if (!given) return '';
  if (given.atLeast !== undefined) return `>= ${given.atLeast}`;
  if (given.atMost !== undefined) return `<= ${given.atMost}`;
  return `< ${given.below}`;
}
