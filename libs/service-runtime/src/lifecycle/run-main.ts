import { coerceError } from '@inventory-events/errors';
import { ConfigError } from '../config/config-error';

/**
 * Wraps an app's main function: what it throws before the app runs is printed without values and
 * ends the process with code 1. This is the only place that turns a ConfigError into an exit.
 */
export async function runMain(main: () => Promise<unknown> | unknown): Promise<void> {
  try {
    await main();
  } catch (error) {
    process.stderr.write(describe(error));
    process.exitCode = 1;
    // Whatever was opened before the failure must not keep the process alive.
    process.exit();
  }
}

function describe(error: unknown): string {
  if (error instanceof ConfigError) {
    const lines = error.problems.map(({ variable, message }) => `  ${variable}: ${message}`);
    return `Invalid configuration:\n${lines.join('\n')}\n`;
  }
  const { stack, message } = coerceError(error);
  return `${stack ?? message}\n`;
}
