import type { Recovery } from '../record/history';
import type { World, WorldOptions } from '../world/open-world';
import type { Rest } from '../world/wait-for-rest';

export interface ScenarioEnd {
  readonly rest: Rest;
  readonly recoveries?: readonly Recovery[];
}

/** Circumstances under which the product keeps all promises, and a certain bug breaks one. */
export interface Scenario {
  readonly name: string;
  /** For the table of the documentation. */
  readonly story: string;
  /** The crash points that the apps need for it. */
  readonly points: readonly string[];
  readonly world?: Omit<WorldOptions, 'scripts'>;
  play(world: World, seed: number): Promise<ScenarioEnd>;
}
