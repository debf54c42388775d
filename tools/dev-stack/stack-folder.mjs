import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { identifyProcess, isSameProcess } from './machine/process-identity.mjs';
import { signalLeader } from './servers/server-handle.mjs';
import { signalGroup } from './servers/server-process.mjs';

const STATE_FILE = 'state.json';

/**
 * The folder of one set of private servers: their data, logs and `state.json`, which names
 * everything that has to be stopped before the folder may go. With an owner, the set belongs to
 * that process and is stale once it ended; without, it stays until somebody takes it down.
 */
export function createStackFolder({ root, name, owned = true }) {
  const folder = path.join(root, '.dev-stack', name);
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const state = {
    owner: owned ? identifyProcess(process.pid) : null,
    processes: {},
    composeProject: null,
    outsideFolders: [],
  };
  const save = () => writeState(folder, state);
  save();
  return {
    path: folder,
    recordProcess(server, pid, signal) {
      state.processes[server] = { ...identifyProcess(pid), signal };
      save();
    },
    recordAdopted(name, pid) {
      state.processes[name] = { ...identifyProcess(pid), signal: 'SIGTERM' };
      save();
    },
    forgetProcess(server) {
      delete state.processes[server];
      save();
    },
    recordComposeProject(project) {
      state.composeProject = project;
      save();
    },
    /** A folder elsewhere that holds data of this set, to be removed with it. */
    recordOutsideFolder(outside) {
      state.outsideFolders.push(outside);
      save();
    },
    subfolder(child) {
      const target = path.join(folder, child);
      mkdirSync(target, { recursive: true });
      return target;
    },
  };
}

export function readState(folder) {
  try {
    return JSON.parse(readFileSync(path.join(folder, STATE_FILE), 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Stops everything that the folder's state names and removes the folder. */
export async function removeStackFolder(folder) {
  const state = readState(folder);
  if (state) {
    await Promise.all(Object.values(state.processes).map(stopRecorded));
    if (state.composeProject) stopCompose(state.composeProject);
    for (const outside of state.outsideFolders) rmSync(outside, { recursive: true, force: true });
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

/** Cleans up after runs of this clone whose process ended without stopping its servers. */
export async function removeStaleFolders(root, { log = () => undefined } = {}) {
  const base = path.join(root, '.dev-stack');
  if (!existsSync(base)) return;
  for (const entry of readdirSync(base, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const folder = path.join(base, entry.name);
    const state = readState(folder);
    if (!state?.owner || isSameProcess(state.owner)) continue;
    log(`cleaning up servers that an interrupted run left in .dev-stack/${entry.name}`);
    await removeStackFolder(folder);
  }
}

function writeState(folder, state) {
  writeFileSync(path.join(folder, STATE_FILE), `${JSON.stringify(state, null, 2)}\n`);
}

async function stopRecorded(recorded) {
  if (!isSameProcess(recorded)) return;
  signalLeader(recorded.pid, recorded.signal);
  for (let waitedMs = 0; isSameProcess(recorded) && waitedMs < 5000; waitedMs += 50) {
    await delay(50);
  }
  signalGroup(recorded.pid, 'SIGKILL');
}

function stopCompose(project) {
  const args = ['compose', '-p', project, 'down', '--volumes', '--timeout', '5'];
  execFileSync('docker', args, { stdio: 'ignore', timeout: 60_000 });
}
