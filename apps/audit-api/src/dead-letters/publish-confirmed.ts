import { AppError } from '@inventory-events/errors';
import type { ConfirmChannelOptions, Message } from '@inventory-events/messaging';
import type { RedriveTarget } from './redrive-target';
import { toRedrivenProperties } from './to-redriven-properties';

export type ConfirmChannel = Parameters<ConfirmChannelOptions['setup']>[0];

const CONFIRM_TIMEOUT_MS = 10_000;

/** One message at a time on this channel. False when no queue was there to take it. */
export async function publishConfirmed(
  channel: ConfirmChannel,
  { exchange, routingKey, headers }: RedriveTarget,
  message: Message,
): Promise<boolean> {
  let isReturned = false;
  let timer: NodeJS.Timeout | undefined;
  let onClose = (): void => undefined;
  // The broker sends the return before the confirm of the same message.
  const onReturn = (): void => {
    isReturned = true;
  };
  channel.on('return', onReturn);
  try {
    await new Promise<void>((resolve, reject) => {
      onClose = () =>
        reject(new AppError('DEPENDENCY_UNAVAILABLE', 'Lost the broker before its confirm.'));
      timer = setTimeout(
        () => reject(new AppError('TIMEOUT', 'The broker did not confirm in time.')),
        CONFIRM_TIMEOUT_MS,
      );
      channel.once('close', onClose);
      const options = { ...toRedrivenProperties(message, headers), mandatory: true };
      channel.publish(exchange, routingKey, message.content, options, (error: unknown) => {
        if (error) reject(new AppError('PUBLISH_NACKED', 'The broker refused it.'));
        else resolve();
      });
    });
    return !isReturned;
  } finally {
    clearTimeout(timer);
    channel.off('close', onClose);
    channel.off('return', onReturn);
  }
}
