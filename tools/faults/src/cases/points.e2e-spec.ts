import { buildInstrumented } from '../points/build-instrumented';
import { runPointCase } from './run-point-case';

/** A selection; `npm run faults -- points` breaks the apps at every point, in every way. */
const SELECTION = [
  ['ingest-worker', 'ledger.after-commit', 'kill', 2],
  ['ingest-worker', 'consumer.before-ack', 'throw', 2],
  ['outbox-relay', 'relay.published', 'kill', 20],
  ['outbox-relay', 'relay.confirmed', 'throw', 5],
] as const;

describe('crash points', () => {
  let scripts: Awaited<ReturnType<typeof buildInstrumented>>;

  beforeAll(async () => {
    scripts = await buildInstrumented('test-points');
  });

  it.each(SELECTION)(
    '%s at %s: %s at hit %i breaks no promise',
    async (subject, point, action, hit) => {
      const fault = { point, action, hit };
      const load = { seed: 1, updates: 100, orders: 15 };
      const outcome = await runPointCase({ scripts, ...load, subject, fault });
      expect(outcome).toMatchObject({ hasFired: true, findings: [] });
    },
    120_000,
  );
});
