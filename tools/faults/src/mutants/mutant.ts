import type { AppName } from '../build/app-name';
import type { SourceEdit } from '../build/source-edit';
import type { Verdict } from '../checker/finding';
import type { Scenario } from '../scenarios/scenario';

/** A bug planted on purpose, and the circumstances in which it can't hide. */
export interface Mutant {
  readonly name: string;
  /** What it breaks, for the table of the documentation. */
  readonly bug: string;
  readonly edits: Readonly<Partial<Record<AppName, readonly SourceEdit[]>>>;
  readonly scenario: Scenario;
  /** At least one of these is what the checker must say. */
  readonly verdicts: readonly Verdict[];
}
