import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { audit } from './benchmarks/audit';
import { check } from './benchmarks/check';
import { holds } from './benchmarks/holds';
import { ingest } from './benchmarks/ingest';
import { latency } from './benchmarks/latency';
import { relay } from './benchmarks/relay';
import { relayLatency } from './benchmarks/relay-latency';
import { reserve } from './benchmarks/reserve';
import { reserveHttp } from './benchmarks/reserve-http';
import { reserveOpen } from './benchmarks/reserve-open';
import type { Figure } from './report/figure';
import { renderTable } from './report/render-table';
import { verdictOf } from './report/verdict-of';

/** Some are measured together, since one is the other's baseline or comes for free. */
const BENCHMARKS: Record<string, { names: readonly string[]; run: () => Promise<Figure[]> }> = {
  ingest: { names: ['ingest', 'ingest-naive', 'memory'], run: ingest },
  relay: { names: ['relay', 'relay-held', 'memory'], run: relay },
  latency: { names: ['latency'], run: latency },
  'relay-latency': { names: ['relay-latency'], run: relayLatency },
  audit: { names: ['audit', 'memory'], run: audit },
  reserve: { names: ['reserve-hot', 'reserve-spread'], run: reserve },
  'reserve-http': { names: ['reserve-http', 'memory'], run: reserveHttp },
  'reserve-open': { names: ['reserve-open'], run: reserveOpen },
  holds: { names: ['holds'], run: holds },
  check: { names: ['check'], run: check },
};

/** What is wrong with the names given, if anything. */
export function problemWith(wanted: readonly string[]): string | undefined {
  const known = new Set(Object.values(BENCHMARKS).flatMap(({ names }) => names));
  const unknown = wanted.filter((name) => !known.has(name));
  if (unknown.length === 0) return undefined;
  return `No benchmark ${unknown.join(', ')}; there are ${[...known].join(', ')}.`;
}

/** Runs the named benchmarks, or all, and writes a table and `dist/bench/results.json`. */
export async function runBenchmarks(wanted: readonly string[]): Promise<void> {
  const figures: Figure[] = [];
  for (const [name, { names, run }] of Object.entries(BENCHMARKS)) {
    if (wanted.length > 0 && !names.some((each) => wanted.includes(each))) continue;
    const startedAt = performance.now();
    console.error(`[bench] ${name} …`);
    figures.push(...(await run()));
    console.error(`[bench] ${name}: ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
  }
  console.log(`\n${renderTable(figures)}\n`);
  console.log(`figures: ${writeResults(figures)}`);
}

function writeResults(figures: readonly Figure[]): string {
  const folder = join('dist', 'bench');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'results.json');
  const processors = cpus();
  const results = {
    measuredAt: new Date().toISOString(),
    machine: {
      node: process.version,
      processors: processors.length,
      model: processors[0]?.model,
      memoryGb: Math.round(totalmem() / 2 ** 30),
    },
    scale: Number(process.env['BENCH_SCALE'] ?? '1'),
    figures: figures.map((figure) => ({ ...figure, reached: verdictOf(figure) })),
  };
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
  return file;
}
