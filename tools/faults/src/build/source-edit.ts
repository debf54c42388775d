/** A change to one source file at build time: `find` stands in it exactly once, or it fails. */
export interface SourceEdit {
  /** From the root of the workspace. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}
