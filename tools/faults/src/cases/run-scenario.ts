import type { AppName } from '../build/app-name';
import { checkHistory } from '../checker/check-history';
import { countRepetitions } from '../checker/count-repetitions';
import type { Finding } from '../checker/finding';
import type { Recovery } from '../record/history';
import type { Scenario } from '../scenarios/scenario';
import { collectHistory } from '../world/collect-history';
import { logsOf } from '../world/logs-of';
import { openWorld } from '../world/open-world';

export interface ScenarioOutcome {
  readonly findings: readonly Finding[];
  readonly recoveries: readonly Recovery[];
  readonly repetitions: number;
  readonly deaths: number;
  /** What the apps wrote. */
  readonly logs: string;
}

/** Plays a scenario in a world of its own, and says what the checker found. */
export async function runScenario(
  scenario: Scenario,
  scripts: Readonly<Record<AppName, string>>,
  seed: number,
): Promise<ScenarioOutcome> {
  const world = await openWorld({ ...scenario.world, scripts });
  try {
    const { rest, recoveries = [] } = await scenario.play(world, seed);
    const deaths = world.apps.reduce((sum, app) => sum + app.deaths(), 0);
    const history = await collectHistory(world, rest, recoveries);
    return {
      findings: checkHistory(history),
      recoveries,
      repetitions: countRepetitions(history),
      deaths,
      logs: logsOf(world),
    };
  } finally {
    await world.close();
  }
}
