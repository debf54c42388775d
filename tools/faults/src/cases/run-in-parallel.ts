/** Runs so many at a time, and keeps the order of the results. */
export async function runInParallel<Task, Result>(
  tasks: readonly Task[],
  width: number,
  run: (task: Task) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const next = tasks.entries();
  async function work(): Promise<void> {
    for (const [index, task] of next) results[index] = await run(task);
  }
  await Promise.all(Array.from({ length: width }, work));
  return results;
}
