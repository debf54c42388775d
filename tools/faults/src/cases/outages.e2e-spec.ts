import { buildPlain } from '../outages/build-plain';
import type { Outage } from '../outages/outage';
import { outages } from '../outages/outages';
import { playOutage } from '../outages/play-outage';
import { createServerShelf } from '../outages/stage/create-server-shelf';

/** A selection that breaks no server; `npm run faults -- outages` plays them all. */
const SELECTION = ['PostgreSQL: sessions terminated', 'network: RabbitMQ half-open'];
const shelf = createServerShelf();

describe('outages', () => {
  afterAll(() => shelf.close());

  it.each(
    outages
      .filter(({ name }) => SELECTION.includes(name))
      .map((outage): [string, Outage] => [outage.name, outage]),
  )(
    '%s heals by itself, and breaks no promise',
    async (_, outage) => {
      const scripts = await buildPlain('test-outages');
      const outcome = await playOutage(outage, { scripts, seed: 1, shelf });
      expect(outcome).toMatchObject({ findings: [], problem: undefined });
    },
    120_000,
  );
});
