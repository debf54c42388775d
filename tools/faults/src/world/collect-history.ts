import type { History, Recovery } from '../record/history';
import { takeSnapshot } from '../record/take-snapshot';
import type { World } from './open-world';
import { DEAD_LETTER_QUEUES, inputQueuesOf, type Rest } from './wait-for-rest';
import { messageHeaders } from '@inventory-events/contracts';

/** Stops the apps in order, so that nothing is under way any more, and writes down what is there. */
export async function collectHistory(
  world: World,
  rest: Rest,
  recoveries: readonly Recovery[] = [],
): Promise<History> {
  await Promise.all(world.apps.map((app) => app.stop()));
  const queued = await takeFrom(world, inputQueuesOf(world));
  const deadLetters = await takeFrom(world, DEAD_LETTER_QUEUES);
  return {
    operations: world.sender.records,
    deliveries: world.observer.messages.map((message) => ({
      eventId: message.messageId ?? '',
      itemId: String(message.headers[messageHeaders.itemId]),
      sequence: Number(message.headers[messageHeaders.sequence]),
      body: message.content.toString(),
      redelivered: message.redelivered,
    })),
    deadLetters: deadLetters.map(({ properties }) => ({
      messageId: String(properties.messageId),
      errorCode: String(properties.headers?.[messageHeaders.errorCode]),
    })),
    snapshot: await takeSnapshot(world.databaseUrl),
    leftover: {
      queued: queued.map(({ properties }) => String(properties.messageId)),
      notReady: rest.notReady,
    },
    recoveries,
  };
}

async function takeFrom(world: World, queues: readonly string[]) {
  const taken = await Promise.all(queues.map((queue) => world.broker.takeAll(queue)));
  return taken.flat();
}
