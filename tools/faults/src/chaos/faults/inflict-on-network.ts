import type { TcpProxy } from '@inventory-events/testing';
import type { FaultOf } from '../plan/chaos-fault';
import type { Stage } from '../stage/open-stage';
import { type Heal, NOTHING_TO_HEAL } from './heal';

type NetworkFault = FaultOf<
  | 'network cut'
  | 'network refused'
  | 'network silent'
  | 'network half-open'
  | 'network slow'
  | 'network cut midway'
>;

export async function inflictOnNetwork(stage: Stage, fault: NetworkFault): Promise<Heal> {
  const link = stage.link(fault.app, fault.replica, fault.server);
  switch (fault.kind) {
    case 'network cut':
      link.cut();
      return NOTHING_TO_HEAL;
    case 'network refused':
      await link.refuse();
      return () => mend(link);
    case 'network silent':
      link.pause();
      return () => mend(link);
    case 'network half-open':
      link.abandon();
      return () => {
        link.cut();
        return mend(link);
      };
    case 'network slow':
      link.delay(fault.delayMs);
      return () => mend(link);
    case 'network cut midway':
      void link.cutAfter(fault); // or never, where so much does not pass
      return () => mend(link);
  }
}

/** Ends whatever is wrong with a link, also by another fault. */
async function mend(link: TcpProxy): Promise<void> {
  link.forgetRules();
  link.delay(0);
  link.resume();
  await link.accept();
}
