import type { BuiltApp } from '../../build/app-name';
import { buildApp } from '../../build/build-app';
import { buildInstrumented } from '../../points/build-instrumented';

/** The apps with crash points in them, and the API as it is; resolves with their scripts. */
export async function buildChaosApps(variant: string): Promise<Record<BuiltApp, string>> {
  const app = 'inventory-api';
  const [instrumented, api] = await Promise.all([
    buildInstrumented(variant),
    buildApp({ app, variant, edits: [] }),
  ]);
  return { ...instrumented, [app]: api };
}
