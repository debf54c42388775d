import { serverUrl, uniqueTestName } from '../test-environment';
import { waitUntil } from '../wait-until';
import { managementRequest } from './management-request';

export interface TestVhost {
  name: string;
  /** The AMQP URL of the virtual host. */
  url: string;
  /**
   * Closes every connection to it from the broker's side, once it lists any (which takes it a
   * moment).
   */
  closeConnections(): Promise<number>;
  remove(): Promise<void>;
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
    async closeConnections() {
      const connections = await waitUntil(async () => {
        const listed = await manage('GET', `vhosts/${name}/connections`);
        return Array.isArray(listed) && listed.length > 0 && (listed as { name: string }[]);
      });
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
