import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runStep } from '../bootstrap/run-step.mjs';

const CANARY = 'libs/domain/src/boundary-canary.ts';
const FORBIDDEN = "export { createPool } from '@inventory-events/data-access';\n";
const RULE = '@nx/enforce-module-boundaries';

/**
 * The boundary rule skips itself silently when it has no project graph. So a forbidden import is
 * planted in the domain, and the linter has to find it.
 */
export async function checkBoundaryCanary({ root, env }) {
  const file = path.join(root, CANARY);
  writeFileSync(file, FORBIDDEN);
  try {
    const { ok, output, seconds } = await runStep('eslint', [CANARY], { cwd: root, env });
    const isFound = !ok && output.includes(RULE);
    return { ok: isFound, output: `the planted import was not found:\n${output}`, seconds };
  } finally {
    rmSync(file, { force: true });
  }
}
