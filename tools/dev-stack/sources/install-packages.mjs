import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findExecutable } from '../machine/find-executable.mjs';
import { rootPrefix, runAsRoot } from '../machine/privileges.mjs';

const POLICY_FILE = '/usr/sbin/policy-rc.d';
const SERVICES = {
  postgresql: ['postgresql.service'],
  'rabbitmq-server': ['rabbitmq-server.service', 'epmd.service', 'epmd.socket'],
  'redis-server': ['redis-server.service'],
};

/**
 * Installs Debian packages without letting them start a service: not now (policy-rc.d, removed
 * again) and not at the next boot (services that these packages brought are disabled).
 */
export async function installPackages(packages, options) {
  const { log, policyFile = POLICY_FILE, prefix = rootPrefix() } = options;
  if (!findExecutable('apt-get')) throw new Error('apt-get is not on this machine');
  if (!prefix) throw new Error('neither root nor sudo without a password');
  const missing = packages.filter((name) => !isInstalled(name));
  log(`installing ${packages.join(', ')} with apt-get`);
  const apt = [...['env', 'DEBIAN_FRONTEND=noninteractive', 'RUNLEVEL=1'], 'apt-get', '-qq'];
  const waitForLock = ['-o', 'DPkg::Lock::Timeout=120'];
  try {
    await runAsRoot(prefix, [...apt, ...waitForLock, 'update']);
    const restorePolicy = await forbidServiceStarts(prefix, policyFile);
    try {
      const install = ['install', '-y', '--no-install-recommends', ...packages];
      await runAsRoot(prefix, [...apt, ...waitForLock, ...install]);
      await disableServices(prefix, missing);
    } finally {
      await restorePolicy();
    }
  } catch (error) {
    const output = String(error.stderr ?? '').trim();
    throw new Error(output ? output.split('\n').slice(-4).join(' / ') : error.message, {
      cause: error,
    });
  }
}

/** Returns the function that puts everything back as it was. */
async function forbidServiceStarts(prefix, policyFile) {
  const kept = `${policyFile}.kept-by-inventory-events`;
  const isThere = existsSync(policyFile);
  if (isThere && spawnSync(policyFile, ['redis-server', 'start']).status === 101) {
    return async () => undefined; // this machine forbids it already
  }
  if (isThere) await runAsRoot(prefix, ['mv', policyFile, kept]);
  const script = `printf '#!/bin/sh\\nexit 101\\n' > ${policyFile} && chmod 755 ${policyFile}`;
  await runAsRoot(prefix, ['sh', '-c', script]);
  return async () => {
    if (isThere) await runAsRoot(prefix, ['mv', kept, policyFile]);
    else await runAsRoot(prefix, ['rm', '-f', policyFile]);
  };
}

async function disableServices(prefix, packages) {
  if (!existsSync('/run/systemd/system')) return; // nothing starts services on this machine
  for (const service of packages.flatMap((name) => SERVICES[name] ?? [])) {
    const words = ['systemctl', 'disable', '--now', service];
    await runAsRoot(prefix, words).catch((error) => {
      if (!/does not exist|not loaded/.test(String(error.stderr))) throw error;
    });
  }
}

function isInstalled(name) {
  const query = spawnSync('dpkg-query', ['-W', '-f', '${Status}', name], { encoding: 'utf8' });
  return query.stdout?.includes('install ok installed') ?? false;
}
