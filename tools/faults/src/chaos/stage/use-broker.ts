import { waitUntil } from '@inventory-events/testing';
import type { Channel } from 'amqplib';
import type { World } from '../../world/open-world';

const TIMEOUT_MS = 20_000;

/**
 * Does something on the broker, again and again until it is done: another fault may close the
 * harness's own connection, or delete an exchange that was just declared.
 */
export async function useBroker(
  { broker }: World,
  work: (channel: Channel) => Promise<unknown>,
): Promise<void> {
  const message = 'the broker to do as the harness says';
  await waitUntil(() => broker.use(work).then(() => true), { timeoutMs: TIMEOUT_MS, message });
}
