const { execFile, spawn } = require('node:child_process');
const fs = require('node:fs');
const net = require('node:net');
const os = require('node:os');
const path = require('node:path');
const { setTimeout: delay } = require('node:timers/promises');

const SOURCE = path.resolve(__dirname, '..', '..');
const { DATABASE_URL, AMQP_URL, AMQP_MANAGEMENT_URL, REDIS_URL } = process.env;
const CONFIGURED = { DATABASE_URL, AMQP_URL, AMQP_MANAGEMENT_URL, REDIS_URL };

/**
 * A clone of its own below a private folder: nothing here touches the servers of the present one.
 */
let clone;
let bin;

beforeEach(() => {
  clone = fs.mkdtempSync(path.join(os.tmpdir(), 'inventory-events-clone-'));
  bin = path.join(clone, 'bin');
  fs.mkdirSync(bin);
  fs.cpSync(path.join(SOURCE, 'tools', 'dev-stack'), path.join(clone, 'tools', 'dev-stack'), {
    recursive: true,
  });
  fs.copyFileSync(path.join(SOURCE, 'docker-compose.yml'), path.join(clone, 'docker-compose.yml'));
});

afterEach(async () => {
  await runNode([path.join(clone, 'tools', 'dev-stack', 'main.mjs'), 'down']);
  fs.rmSync(clone, { recursive: true, force: true });
});

function runNode(args, { env = {}, searchPath = `${bin}:${process.env.PATH}` } = {}) {
  return new Promise((resolve) => {
    const options = { cwd: clone, env: { PATH: searchPath, ...env } };
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      resolve({ code: error ? error.code : 0, stdout, stderr });
    });
  });
}

/** Runs a module's text in the clone; `result` is what it hands to `report`. */
async function runScript(text, options) {
  const prelude = `
    import { startStack } from '${clone}/tools/dev-stack/start-stack.mjs';
    const root = '${clone}';
    const report = (value) => console.log('RESULT' + JSON.stringify(value));
  `;
  const outcome = await runNode(['--input-type=module', '-e', prelude + text], options);
  const line = outcome.stdout.split('\n').find((each) => each.startsWith('RESULT'));
  return { ...outcome, result: line && JSON.parse(line.slice('RESULT'.length)) };
}

function writeCommand(name, script) {
  fs.writeFileSync(path.join(bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

const readLines = (name) => fs.readFileSync(path.join(clone, name), 'utf8').trim().split('\n');

function isListening(url) {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = net.connect(Number(port), hostname);
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

async function waitFor(condition, timeoutMs = 10_000) {
  const deadline = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('waited in vain');
    await delay(25);
  }
}

describe('configured URLs', () => {
  it('are used when the right servers answer there, and nothing is started', async () => {
    const { result } = await runScript(
      `const stack = await startStack({ root });
       report({ env: stack.env, how: stack.how, pid: stack.servers.postgres.pid });
       await stack.stop();`,
      { env: CONFIGURED },
    );
    expect(result.env).toEqual(CONFIGURED);
    expect(Object.values(result.how)).toEqual(['configured', 'configured', 'configured']);
    expect(fs.readdirSync(path.join(clone, '.dev-stack'))).toEqual([]);
  });

  it('are not used when something else answers, or a password is wrong', async () => {
    const wrongPassword = new URL(REDIS_URL);
    wrongPassword.password = 'wrong';
    const { stderr, code } = await runScript(
      `await startStack({ root, sources: ['configured'] });`,
      {
        env: {
          DATABASE_URL: REDIS_URL.replace('redis:', 'postgresql:'),
          AMQP_URL: AMQP_MANAGEMENT_URL.replace('http:', 'amqp:'),
          AMQP_MANAGEMENT_URL,
          REDIS_URL: wrongPassword.href,
        },
      },
    );
    expect(code).toBe(1);
    expect(stderr).toContain('No postgres, no rabbitmq, no redis. What was tried:');
    expect(stderr).toMatch(/redis:\n {2}configured: (WRONGPASS|ERR invalid password)/);
  });

  it('log in where the driver is installed', async () => {
    const url = new URL(DATABASE_URL);
    url.password = 'wrong';
    const probe = `import('${SOURCE}/tools/dev-stack/probes/probe-postgres.mjs').then((it) => it.assertUsablePostgres(process.env.URL))`;
    expect(await runNode(['-e', probe], { env: { URL: DATABASE_URL } })).toMatchObject({ code: 0 });
    const wrong = await runNode(['-e', probe], { env: { URL: url.href } });
    expect(wrong.stderr).toContain('password authentication failed');
  });
});

describe('private instances', () => {
  it('run all three, keep their ports through a restart, and leave nothing behind', async () => {
    const { result } = await runScript(
      `const stack = await startStack({ root, sources: ['binaries'], env: {} });
       const { redis } = stack.servers;
       const before = redis.pid;
       await redis.restart({ immediate: true });
       report({ ...stack, restarted: redis.pid !== before });
       await stack.stop();`,
    );
    expect(Object.values(result.how)).toEqual(['binaries', 'binaries', 'binaries']);
    expect(result.restarted).toBe(true);
    for (const url of Object.values(result.env)) {
      expect(new URL(url).hostname).toBe('127.0.0.1');
      await expect(isListening(url)).resolves.toBe(false);
    }
    expect(fs.readdirSync(path.join(clone, '.dev-stack'))).toEqual([]);
  }, 120_000);

  it('end with a process that is killed', async () => {
    const script = `
      import { startStack } from '${clone}/tools/dev-stack/start-stack.mjs';
      const stack = await startStack({ root: '${clone}', servers: ['redis'], sources: ['binaries'] });
      console.log(stack.env.REDIS_URL);
      setInterval(() => undefined, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script]);
    let output = '';
    child.stdout.on('data', (text) => (output += text));
    await waitFor(() => output.includes('\n'));
    const url = output.trim();
    await expect(isListening(url)).resolves.toBe(true);
    child.kill('SIGKILL');
    await waitFor(async () => !(await isListening(url)));
    await waitFor(() => fs.readdirSync(path.join(clone, '.dev-stack')).length === 0);
  });

  it('of an earlier run that nobody stopped are stopped by the next one', async () => {
    const left = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
    const ended = new Promise((resolve) => left.once('exit', resolve));
    const folder = path.join(clone, '.dev-stack', 'run-1-1');
    fs.mkdirSync(folder, { recursive: true });
    const { stdout } = await runNode([
      '--input-type=module',
      '-e',
      `import { identifyProcess } from '${clone}/tools/dev-stack/machine/process-identity.mjs';
       console.log(JSON.stringify(identifyProcess(${left.pid})));`,
    ]);
    const state = {
      owner: { pid: 1, startedAt: 'long ago' },
      processes: { redis: { ...JSON.parse(stdout), signal: 'SIGTERM' } },
      composeProject: null,
      outsideFolders: [],
    };
    fs.writeFileSync(path.join(folder, 'state.json'), JSON.stringify(state));
    await runScript(`await startStack({ root, servers: [] });`);
    await ended;
    expect(fs.existsSync(folder)).toBe(false);
  });
});

describe('docker compose', () => {
  it('is used when an engine answers, on ports of its own, and taken down with its volumes', async () => {
    writeCommand('docker', `echo "$REDIS_PORT $@" >> ${clone}/calls`);
    const { result } = await runScript(
      `const stack = await startStack({ root, servers: ['redis'], sources: ['compose'] });
       await stack.servers.redis.kill();
       report(stack);
       await stack.stop();`,
    );
    expect(result.how).toEqual({ redis: 'compose' });
    const { port } = new URL(result.env.REDIS_URL);
    const calls = readLines('calls');
    const up = calls.find((call) => call.includes(' up -d --wait redis'));
    expect(
      up.startsWith(`${port} compose -f ${clone}/docker-compose.yml -p inventory-events-`),
    ).toBe(true);
    expect(calls.some((call) => call.endsWith('kill --signal SIGKILL redis'))).toBe(true);
    expect(calls.at(-1)).toContain('down --volumes');
  });

  it('is passed over when no engine answers', async () => {
    writeCommand('docker', `echo 'Cannot connect to the Docker daemon' >&2; exit 1`);
    const { result, stderr } = await runScript(
      `const log = (line) => console.error(line);
       const stack = await startStack({ root, log, servers: ['redis'], sources: ['compose', 'binaries'] });
       report(stack.how);
       await stack.stop();`,
    );
    expect(stderr).not.toContain('starting redis with docker compose');
    expect(result).toEqual({ redis: 'binaries' });
  });
});

describe('apt-get', () => {
  const install = (options) => `
    import { installPackages } from '${clone}/tools/dev-stack/sources/install-packages.mjs';
    await installPackages(['inventory-events-no-such-package'], { log: console.log, ${options} });`;

  it('installs without letting services start, and leaves the machine policy as it was', async () => {
    const policyFile = path.join(clone, 'policy-rc.d');
    writeCommand(
      'apt-get',
      `echo "$DEBIAN_FRONTEND $@" >> ${clone}/calls
       test -x ${policyFile} && ${policyFile}; echo "policy $?" >> ${clone}/calls`,
    );
    const outcome = await runScript(install(`policyFile: '${policyFile}', prefix: []`));
    expect(outcome).toMatchObject({ code: 0 });
    const [update, , installation, policy] = readLines('calls');
    expect(update).toMatch(/^noninteractive .* update$/);
    expect(installation).toMatch(/install -y --no-install-recommends inventory-events-no-such/);
    expect(policy).toBe('policy 101');
    expect(fs.existsSync(policyFile)).toBe(false);
  });

  it('puts a policy back that was there before, also when the installation fails', async () => {
    const policyFile = path.join(clone, 'policy-rc.d');
    fs.writeFileSync(policyFile, '#!/bin/sh\nexit 0\n', { mode: 0o755 });
    writeCommand(
      'apt-get',
      `case "$*" in *install*) echo 'E: no such package' >&2; exit 100;; esac`,
    );
    const outcome = await runScript(install(`policyFile: '${policyFile}', prefix: []`));
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toContain('E: no such package');
    expect(fs.readFileSync(policyFile, 'utf8')).toBe('#!/bin/sh\nexit 0\n');
  });

  it('is not tried without the right to', async () => {
    const outcome = await runScript(install('prefix: null'));
    expect(outcome.stderr).toContain('neither root nor sudo without a password');
  });
});

describe('the command line', () => {
  const main = () => path.join(clone, 'tools', 'dev-stack', 'main.mjs');
  const partly = { DATABASE_URL, AMQP_URL, AMQP_MANAGEMENT_URL };

  it('leaves running what `up` started, for shells and later runs, until `down`', async () => {
    await expect(runNode([main(), 'up'], { env: partly })).resolves.toMatchObject({ code: 0 });
    const file = fs.readFileSync(path.join(clone, '.dev-stack', 'env'), 'utf8');
    const url = /^export REDIS_URL='(.*)'$/m.exec(file)[1];
    await expect(isListening(url)).resolves.toBe(true);
    const { result } = await runScript(
      `const stack = await startStack({ root, servers: ['redis'], env: {} });
       report(stack);
       await stack.stop();`,
    );
    expect(result).toMatchObject({ how: { redis: 'standing' }, env: { REDIS_URL: url } });
    await expect(isListening(url)).resolves.toBe(true);
    await runNode([main(), 'down']);
    await expect(isListening(url)).resolves.toBe(false);
    expect(fs.readdirSync(path.join(clone, '.dev-stack'))).toEqual([]);
  });

  it('runs a command with the URLs and hands on its exit code', async () => {
    const command = ['sh', '-c', 'echo $REDIS_URL; exit 7'];
    const { code, stdout } = await runNode([main(), 'run', '--', ...command], { env: partly });
    expect(code).toBe(7);
    await expect(isListening(stdout.trim())).resolves.toBe(false);
  });

  it('explains itself', async () => {
    const { code, stderr } = await runNode([main(), 'sideways']);
    expect(code).toBe(1);
    expect(stderr).toContain('Usage: ');
  });
});
