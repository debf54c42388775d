import { coerceError } from '@inventory-events/errors';
import type { Channel } from 'amqplib';
import type { Logger } from 'pino';
import type { AmqpConnection } from '../connection/amqp-connection';

const PRECONDITION_FAILED = 406;

export interface DeclareContext {
  readonly connection: AmqpConnection;
  readonly logger: Logger;
}

export interface ArgumentDifference {
  readonly argument: string;
  readonly wanted: string;
  readonly found: string;
}

/**
 * Declares a queue or an exchange. One that exists already with other arguments is used as it is:
 * its owner had reasons, and replacing it would lose messages. The warning names the difference.
 */
export async function declareTolerantly(
  context: DeclareContext,
  name: string,
  declare: (channel: Channel) => Promise<unknown>,
): Promise<'declared' | 'different'> {
  try {
    await context.connection.useChannel(declare);
    return 'declared';
  } catch (thrown) {
    const error = coerceError(thrown);
    if ((error as { code?: unknown }).code !== PRECONDITION_FAILED) throw error;
    const difference = differenceOf(error.message);
    context.logger.warn(
      { name, difference, err: error },
      'exists with other arguments, used as it is',
    );
    return 'different';
  }
}

/** The broker names the first difference that it finds, in the text of its refusal only. */
export function differenceOf(refusal: string): ArgumentDifference | undefined {
  const match = /inequivalent arg '([^']+)'.*received (.+?) but current is (.+?)"?$/.exec(refusal);
  const [, argument, wanted, found] = match ?? [];
  if (argument === undefined || wanted === undefined || found === undefined) return undefined;
  return { argument, wanted: unquote(wanted), found: unquote(found) };
}

function unquote(value: string): string {
  return value
    .replace(/^the value '(.*)' of type '.*'$/, '$1')
    .replace(/^none$/, 'nothing')
    .replace(/^'(.*)'$/, '$1');
}
