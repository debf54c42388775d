import { collectDefaultMetrics, Registry } from 'prom-client';

/** A registry of its own per app (no global one), with the process metrics in it. */
export function createMetrics(service: string): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  return registry;
}
