import { problemWith, runBenchmarks } from './run-benchmarks';

const wanted = process.argv.slice(2);
const problem = problemWith(wanted);
if (problem === undefined) {
  runBenchmarks(wanted).catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
} else {
  console.error(problem);
  process.exitCode = 1;
}
