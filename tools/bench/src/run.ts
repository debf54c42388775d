import { runBenchmarks } from './run-benchmarks';

runBenchmarks(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
