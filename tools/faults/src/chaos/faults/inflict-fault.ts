import type { ChaosFault } from '../plan/chaos-fault';
import type { Stage } from '../stage/open-stage';
import { type Heal, NOTHING_TO_HEAL } from './heal';
import { inflictOnBroker } from './inflict-on-broker';
import { inflictOnNetwork } from './inflict-on-network';
import { inflictOnProcess } from './inflict-on-process';
import { terminateSessions } from './terminate-sessions';

/** Breaks something; resolves with how to mend it. */
export async function inflictFault(stage: Stage, fault: ChaosFault): Promise<Heal> {
  switch (fault.kind) {
    case 'process killed':
    case 'process paused':
    case 'crash point':
      return inflictOnProcess(stage, fault);
    case 'network cut':
    case 'network refused':
    case 'network silent':
    case 'network half-open':
    case 'network slow':
    case 'network cut midway':
      return inflictOnNetwork(stage, fault);
    case 'connections closed':
    case 'exchange deleted':
    case 'queue unbound':
      return inflictOnBroker(stage, fault);
    case 'sessions terminated':
      await terminateSessions(stage.world, fault.app);
      return NOTHING_TO_HEAL;
    case 'keys deleted':
      await stage.world.redis.removeKeys();
      return NOTHING_TO_HEAL;
  }
}
