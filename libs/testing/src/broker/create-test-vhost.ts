import { serverUrl, uniqueTestName } from '../test-environment';
import { waitUntil } from '../wait-until';
import { managementRequest } from './management-request';

export interface TestVhost {
  name: string;
  /** The AMQP URL of the virtual host. */
  url: string;
  /**
   * Closes every connection to it from the broker's side, or those that gave themselves this name,
   * once it lists any (which takes it a moment).
   */
  closeConnections(named?: string): Promise<number>;
  remove(): Promise<void>;
}

/** The broker lists a connection with its next statistics, which a busy machine delays. */
const LISTING = { timeoutMs: 25_000 };

interface ListedConnection {
  readonly name: string;
  readonly user_provided_name?: string;
}

/** A virtual host of its own on the tests' broker, or on the one that the options name. */
export async function createTestVhost(
  options: { amqpUrl?: string; managementUrl?: string } = {},
): Promise<TestVhost> {
  const { amqpUrl = serverUrl('AMQP_URL') } = options;
  const { managementUrl = serverUrl('AMQP_MANAGEMENT_URL') } = options;
  const name = uniqueTestName();
  const url = new URL(amqpUrl);
  url.pathname = `/${name}`;
  const user = url.username || 'guest';
  const manage = (method: 'GET' | 'PUT' | 'DELETE', path: string, body?: unknown) =>
    managementRequest(method, path, body, managementUrl);
  await manage('PUT', `vhosts/${name}`, {});
  const everything = { configure: '.*', write: '.*', read: '.*' };
  await manage('PUT', `permissions/${name}/${user}`, everything);
  return {
    name,
    url: url.href,
    async closeConnections(named) {
      const connections = await waitUntil(async () => {
        const listed = (await manage('GET', `vhosts/${name}/connections`)) as ListedConnection[];
        const isWanted = ({ user_provided_name: given }: ListedConnection) => given === named;
        const wanted = named === undefined ? listed : listed.filter(isWanted);
        return wanted.length > 0 && wanted;
      }, LISTING);
      for (const connection of connections) {
        await manage('DELETE', `connections/${encodeURIComponent(connection.name)}`);
      }
      return connections.length;
    },
    async remove() {
      await manage('DELETE', `vhosts/${name}`);
    },
  };
}
