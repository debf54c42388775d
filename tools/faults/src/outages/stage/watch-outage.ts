import { setTimeout as delay } from 'node:timers/promises';
import type { World } from '../../world/open-world';
import { readWarnings } from './read-warnings';

/** What was seen of an outage from outside. */
export interface Seen {
  /** Labels of apps that were not ready at some time. */
  readonly unready: ReadonlySet<string>;
  /** Apps that wrote a warning, or worse, of a kind that the load does not cause by itself. */
  readonly warning: ReadonlySet<string>;
  readonly deaths: number;
}

export interface OutageWatch {
  end(): Promise<Seen>;
}

const INTERVAL_MS = 200;
/** Malformed messages, and payments for holds that have ended. */
const OF_THE_LOAD: ReadonlySet<string> = new Set([
  'message dead-lettered',
  'a paid order holds no stock',
]);

/** Looks at the apps until it ends. */
export function watchOutage({ apps }: World): OutageWatch {
  const deathsBefore = sumOfDeaths();
  const lengths = new Map(apps.map((app) => [app.label, app.logs().length]));
  const unready = new Set<string>();
  let isEnding = false;

  function sumOfDeaths(): number {
    return apps.reduce((sum, app) => sum + app.deaths(), 0);
  }

  async function look(): Promise<void> {
    while (!isEnding) {
      await Promise.all(
        apps.map(async (app) => {
          if ((await app.complaint()) !== undefined) unready.add(app.label);
        }),
      );
      await delay(INTERVAL_MS);
    }
  }

  const looking = look();
  return {
    async end() {
      isEnding = true;
      await looking;
      const isWarning = ({ label, logs }: World['apps'][number]) =>
        [...readWarnings(logs().slice(lengths.get(label)))].some((kind) => !OF_THE_LOAD.has(kind));
      const warning = apps.filter(isWarning).map(({ label }) => label);
      return { unready, warning: new Set(warning), deaths: sumOfDeaths() - deathsBefore };
    },
  };
}
