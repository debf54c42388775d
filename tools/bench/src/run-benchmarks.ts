export async function runBenchmarks(_n: readonly string[]) {}
