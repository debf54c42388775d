import type { Felt } from './disturb';

const KINDS = [
  ['ingest-worker', 'worker'],
  ['outbox-relay', 'relay'],
  ['inventory-api', 'API'],
] as const;
const ALL = 5;

/** What was seen of an outage, for the report. */
export function describeFelt(felt: Felt, told?: string): string {
  const { unready, warning, deaths, isStandstill } = felt;
  const texts = [
    ...(told === undefined ? [] : [told]),
    ...(isStandstill ? ['standstill'] : []),
    ...(unready.size > 0 ? [`not ready: ${namesOf(unready)}`] : []),
    ...(warning.size > 0 ? [`warnings: ${namesOf(warning)}`] : []),
    ...(deaths > 0 ? [`started again: ${deaths}`] : []),
  ];
  return texts.length === 0 ? 'nothing' : texts.join('; ');
}

/** Labels of apps, told as kinds: `both workers, one relay`. */
function namesOf(labels: ReadonlySet<string>): string {
  if (labels.size === ALL) return 'all';
  return KINDS.flatMap(([app, name]) => {
    const count = [...labels].filter((label) => label.startsWith(app)).length;
    if (count === 0) return [];
    if (app === 'inventory-api') return [`the ${name}`];
    return [count === 1 ? `one ${name}` : `both ${name}s`];
  }).join(', ');
}
