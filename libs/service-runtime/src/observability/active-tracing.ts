/**
 * The tracing of this process, if it was switched on. It must start before anything else is loaded,
 * so it can't be handed over as an argument; a stop still has to reach it to send its last spans.
 */
const active: { stop?: () => Promise<void> } = {};

export function setActiveTracing(stop: () => Promise<void>): void {
  active.stop = stop;
}

export async function stopActiveTracing(): Promise<void> {
  await active.stop?.();
}
