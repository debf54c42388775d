import { APP_NAMES, type AppName } from '../build/app-name';
import { buildApp } from '../build/build-app';
import { toSourceEdit } from './fault-point';
import { pointsOf } from './fault-points';

/** The apps with every crash point in them; resolves with their scripts. */
export async function buildInstrumented(variant: string): Promise<Record<AppName, string>> {
  const scripts = APP_NAMES.map(
    async (app) =>
      [app, await buildApp({ app, variant, edits: pointsOf(app).map(toSourceEdit) })] as const,
  );
  return Object.fromEntries(await Promise.all(scripts)) as Record<AppName, string>;
}
