import { APP_NAMES, type AppName } from '../build/app-name';
import { buildApp } from '../build/build-app';
import { toSourceEdit } from '../points/fault-point';
import { pointsOf } from '../points/fault-points';
import type { Mutant } from './mutant';

/** The apps with the bug and the crash points that its scenario needs; resolves with their scripts. */
export async function buildMutant(
  { name, edits, scenario }: Mutant,
  folder: string,
): Promise<Record<AppName, string>> {
  const scripts = APP_NAMES.map(async (app) => {
    const points = pointsOf(app).filter((point) => scenario.points.includes(point.name));
    const own = edits[app] ?? [];
    const variant = `${folder}/${name}`;
    const script = await buildApp({ app, variant, edits: [...points.map(toSourceEdit), ...own] });
    return [app, script] as const;
  });
  return Object.fromEntries(await Promise.all(scripts)) as Record<AppName, string>;
}
