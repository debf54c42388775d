import { AppError } from '@inventory-events/errors';

export interface ConfigProblem {
  /** Name of the environment variable. */
  readonly variable: string;
  /** What is wrong with it; never its value. */
  readonly message: string;
}

/** The environment can't be used. Carries every problem at once and no value of any variable. */
export class ConfigError extends AppError {
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    super('CONFIG_INVALID', `Invalid configuration: ${problems.map(toLine).join('; ')}`, {
      details: problems,
    });
    this.problems = problems;
  }
}

function toLine({ variable, message }: ConfigProblem): string {
  return `${variable}: ${message}`;
}
