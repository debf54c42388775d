import type { z } from 'zod';
import { ConfigError, type ConfigProblem } from './config-error';

/**
 * Reads the environment through a zod schema. An empty variable counts as absent, as compose files
 * and charts pass unset values that way. Throws ConfigError with every problem at once.
 */
export function parseEnv<Schema extends z.ZodType>(
  schema: Schema,
  env: Readonly<Record<string, string | undefined>>,
): z.output<Schema> {
  const present = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const result = schema.safeParse(present);
  if (result.success) return result.data;
  throw new ConfigError(result.error.issues.map((issue) => toProblem(issue, present)));
}

function toProblem(issue: z.core.$ZodIssue, env: Record<string, unknown>): ConfigProblem {
  const variable = issue.path.map(String).join('.') || 'environment';
  const isAbsent = issue.code === 'invalid_type' && env[variable] === undefined;
  return { variable, message: isAbsent ? 'is required' : issue.message };
}
