import type { World } from './open-world';

/** What all apps of a world wrote, for a run that failed. */
export function logsOf({ apps }: Pick<World, 'apps'>): string {
  return apps.map((app) => `--- ${app.label}\n${app.logs()}`).join('\n');
}
