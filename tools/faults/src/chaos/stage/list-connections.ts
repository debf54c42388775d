import { managementRequest } from '@inventory-events/testing';
import type { World } from '../../world/open-world';

export interface ListedConnection {
  readonly name: string;
  /** What it calls itself; those of the harness call themselves nothing. */
  readonly user_provided_name?: string;
  readonly channels: number;
}

/** The connections to a world's virtual host, as the broker last counted them. */
export async function listConnections({ amqpUrl }: World): Promise<readonly ListedConnection[]> {
  const vhost = new URL(amqpUrl).pathname.slice(1);
  return (await managementRequest('GET', `vhosts/${vhost}/connections`)) as ListedConnection[];
}
