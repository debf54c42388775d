/** The samples of one metric of a running app: its labels and its value. */
export async function readMetric(
  appUrl: string,
  name: string,
): Promise<{ labels: string; value: number }[]> {
  const response = await fetch(`${appUrl}/metrics`, { signal: AbortSignal.timeout(5_000) });
  const text = await response.text();
  return text.split('\n').flatMap((line) => {
    const match = /^(\w+)\{(.*)\} (\S+)$/.exec(line);
    return match?.[1] === name ? [{ labels: match[2] ?? '', value: Number(match[3]) }] : [];
  });
}

/** The queues of updates that a worker serves. */
export async function servedQueues(appUrl: string): Promise<string[]> {
  const samples = await readMetric(appUrl, 'ingest_queue_messages');
  const queues = samples.flatMap(({ labels }) => /queue="([^"]*)"/.exec(labels)?.[1] ?? []);
  return queues.filter((queue) => queue.startsWith('inventory.updates')).sort();
}
