import { runStep } from '../../bootstrap/run-step.mjs';
import { workspaceEnvironment } from '../../bootstrap/workspace-environment.mjs';

const PROJECTS = [
  '@inventory-events/ingest-worker',
  '@inventory-events/outbox-relay',
  '@inventory-events/inventory-api',
  '@inventory-events/audit-api',
  'migrate',
];

export async function buildApps({ root, screen }) {
  const args = ['run-many', '-t', 'build', '-p', PROJECTS.join(','), '--output-style', 'static'];
  const env = workspaceEnvironment(root);
  const { ok, output, seconds } = await runStep('nx', args, { cwd: root, env });
  if (!ok) throw new Error(`the build failed:\n${output}`);
  screen.step(`built the apps in ${seconds.toFixed(0)} s`);
}
