/** What the apps of a world take of the machine and of the servers. */
export interface Footprint {
  /** Resident memory in MB by the label of the app. */
  readonly residentMb: Readonly<Record<string, number>>;
  /** Sessions in the database by the name that they go by. */
  readonly sessions: Readonly<Record<string, number>>;
  /** Connections to the broker by the name that they go by. */
  readonly connections: Readonly<Record<string, number>>;
  readonly channels: number;
}
