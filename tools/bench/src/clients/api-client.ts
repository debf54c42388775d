/** Asks one operation of a server again and again. */
export interface ApiClient {
  /** Resolves with the status, as its name. */
  ask(body: object): Promise<string>;
  close(): void;
}
