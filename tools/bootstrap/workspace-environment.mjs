import path from 'node:path';

/**
 * The environment in which this workspace's tools are run: no daemon that would stay behind, no
 * terminal interface, nothing sent anywhere.
 */
export function workspaceEnvironment(root) {
  return {
    ...process.env,
    PATH: `${path.join(root, 'node_modules', '.bin')}${path.delimiter}${process.env.PATH}`,
    NX_DAEMON: 'false',
    NX_TUI: 'false',
    NX_NO_CLOUD: 'true',
    NO_UPDATE_NOTIFIER: '1',
    CHECKPOINT_DISABLE: '1',
    NO_COLOR: '1',
    FORCE_COLOR: '0',
  };
}
