import type { AppName } from '../build/app-name';
import type { SourceEdit } from '../build/source-edit';

/** A named place in the sources where an instrumented app can be killed, paused or made to fail. */
export interface FaultPoint {
  readonly name: string;
  /** The apps that pass it. */
  readonly apps: readonly AppName[];
  readonly file: string;
  /** The source text that it stands directly before or behind; it occurs once in the file. */
  readonly anchor: string;
  readonly place: 'before' | 'after';
  /** Runs before the point, where the sources have no gap of their own to stop in. */
  readonly prelude?: string;
  /** What is true when it is reached, for the table of the documentation. */
  readonly meaning: string;
}

export function toSourceEdit({ name, file, anchor, place, prelude = '' }: FaultPoint): SourceEdit {
  const call = `${prelude}reachFaultPoint('${name}');`;
  const replace = place === 'before' ? `${call}\n${anchor}` : `${anchor}\n${call}`;
  return { file, find: anchor, replace };
}
