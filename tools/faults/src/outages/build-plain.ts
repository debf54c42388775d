import type { BuiltApp } from '../build/app-name';
import { buildApp } from '../build/build-app';

const APPS: readonly BuiltApp[] = ['ingest-worker', 'outbox-relay', 'inventory-api'];

/** The apps as they are, with nothing in them; resolves with their scripts. */
export async function buildPlain(variant: string): Promise<Record<BuiltApp, string>> {
  const scripts = APPS.map(
    async (app) => [app, await buildApp({ app, variant, edits: [] })] as const,
  );
  return Object.fromEntries(await Promise.all(scripts)) as Record<BuiltApp, string>;
}
