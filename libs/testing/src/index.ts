export { type RunningApp, startApp, type StartAppOptions } from './app/start-app';
export {
  createEventObserver,
  type EventObserver,
  type ObservedMessage,
} from './broker/create-event-observer';
export { createTestVhost, type TestVhost } from './broker/create-test-vhost';
export { managementRequest } from './broker/management-request';
export { createRedisPrefix, type RedisPrefix } from './create-redis-prefix';
export { createTestDatabase, type TestDatabase } from './database/create-test-database';
export { withClient } from './database/with-client';
export {
  createTcpProxy,
  type CutRule,
  type Direction,
  type TcpProxy,
} from './network/create-tcp-proxy';
export { freePort } from './network/free-port';
export {
  type PrivateServer,
  type PrivateServers,
  type ServerName,
  startPrivateServers,
} from './servers/start-private-servers';
export { serverUrl, type ServerVariable } from './test-environment';
export { waitUntil, type WaitOptions } from './wait-until';
export { workspaceRoot } from './workspace-root';
