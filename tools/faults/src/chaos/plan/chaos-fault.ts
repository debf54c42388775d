import type { Direction } from '@inventory-events/testing';
import type { AppName, BuiltApp } from '../../build/app-name';

export type LinkedServer = 'postgresql' | 'rabbitmq' | 'redis';

interface OfReplica {
  readonly app: BuiltApp;
  /** Counted from 0. */
  readonly replica: number;
}

/** The network between one replica and one server. */
interface OfLink extends OfReplica {
  readonly server: LinkedServer;
}

/** Something that goes wrong in one world without touching another on the same servers. */
export type ChaosFault =
  | (OfReplica & { readonly kind: 'process killed' | 'process paused' })
  | (OfReplica & {
      readonly kind: 'crash point';
      readonly app: AppName;
      readonly point: string;
      readonly action: 'kill' | 'pause' | 'throw';
      /** Counted from the beginning of the fault. */
      readonly hit: number;
    })
  | (OfLink & {
      /** Silent: late. Half-open: what was sent meanwhile is lost, and then the connections are. */
      readonly kind: 'network cut' | 'network refused' | 'network silent' | 'network half-open';
    })
  | (OfLink & { readonly kind: 'network slow'; readonly delayMs: number })
  | (OfLink & {
      readonly kind: 'network cut midway';
      readonly direction: Direction;
      /** Counted from the beginning of the fault. */
      readonly bytes: number;
      /** Whether the last of them still arrive. */
      readonly deliver: boolean;
    })
  | { readonly kind: 'sessions terminated'; readonly app: BuiltApp }
  /** Clients: those that send the operations and observe the events. */
  | { readonly kind: 'connections closed'; readonly whose: AppName | 'clients' }
  | { readonly kind: 'exchange deleted' }
  | { readonly kind: 'queue unbound'; readonly queue: 'observer' | 'orders' }
  | { readonly kind: 'keys deleted' };

export type FaultKind = ChaosFault['kind'];
export type FaultOf<Kind extends FaultKind> = ChaosFault & { readonly kind: Kind };
