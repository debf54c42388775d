import type { PrivateServer, ServerName, TcpProxy } from '@inventory-events/testing';
import type { BuiltApp } from '../build/app-name';
import type { World } from '../world/open-world';

/** Something around the apps that goes wrong for a while, with all of them running under load. */
export interface Outage {
  readonly name: string;
  /** How, in words, for the report and the table of the documentation. */
  readonly injected: string;
  readonly expected: string;
  /** The servers that it breaks, and therefore gets for itself. */
  readonly breaks: readonly ServerName[];
  readonly bite: Bite;
  /** Between injecting and healing. */
  readonly holdMs: number;
  /** Until everything is done and every app ready, from the end of it. */
  readonly limitMs: number;
  prepare(stage: Stage): Promise<Disturbance> | Disturbance;
}

/**
 * What has to be seen of it, or it did not happen:
 * - unready: an app said that it is not ready.
 * - warnings: an app wrote one.
 * - standstill: no event arrived in the second half of it.
 * - deaths: a process ended.
 * - told: the disturbance itself knows.
 */
export type Bite = 'unready' | 'warnings' | 'standstill' | 'deaths' | 'told';

export interface Stage {
  /** Open, without any app yet. */
  readonly world: World;
  /** Of its own. */
  server(name: ServerName): PrivateServer;
  /** Between the apps named and a server; closed with the stage. */
  openProxy(server: ServerName): Promise<TcpProxy>;
}

export interface Disturbance {
  /** Additional environment of every replica of an app, by the number of the replica from 0 on. */
  environment?(app: BuiltApp, replica: number): Readonly<Record<string, string>>;
  /** The apps are running. */
  inject(): Promise<void>;
  heal(): Promise<void>;
  /** For the bite `told`: what was seen of it, or undefined. */
  tell?(): string | undefined;
  /** When the world is closed. */
  remove?(): Promise<void>;
}

/** This machine, or the way the servers run here, does not allow it: no verdict at all. */
export class NotPossibleHereError extends Error {
  override readonly name = 'NotPossibleHereError';
}
