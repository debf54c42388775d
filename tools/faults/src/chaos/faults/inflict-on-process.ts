import type { FaultOf } from '../plan/chaos-fault';
import type { Stage } from '../stage/open-stage';
import { type Heal, NOTHING_TO_HEAL } from './heal';

type ProcessFault = FaultOf<'process killed' | 'process paused' | 'crash point'>;

export async function inflictOnProcess(stage: Stage, fault: ProcessFault): Promise<Heal> {
  const { process } = stage.replica(fault.app, fault.replica);
  switch (fault.kind) {
    case 'process killed':
      process.signal('SIGKILL');
      return NOTHING_TO_HEAL;
    case 'process paused':
      process.signal('SIGSTOP');
      return () => process.signal('SIGCONT');
    case 'crash point':
      await process.control.order(fault);
      return async () => {
        await process.control.withdraw();
        process.signal('SIGCONT');
      };
  }
}
