const { execFile } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

let folder;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'inventory-events-bootstrap-'));
  fs.mkdirSync(path.join(folder, 'bin'));
  fs.writeFileSync(path.join(folder, 'package-lock.json'), '{}');
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

function writeNpm(script) {
  fs.writeFileSync(path.join(folder, 'bin', 'npm'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

function run(script) {
  return new Promise((resolve) => {
    const options = {
      cwd: folder,
      env: { PATH: `${path.join(folder, 'bin')}:${process.env.PATH}` },
    };
    const args = ['--input-type=module', '-e', script];
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      resolve({ code: error ? error.code : 0, stdout, stderr });
    });
  });
}

const install = () =>
  run(`
    import { installDependencies } from '${__dirname}/install-dependencies.mjs';
    await installDependencies({ root: '${folder}', log: () => undefined });`);

describe('installDependencies', () => {
  const calls = () =>
    fs.existsSync(path.join(folder, 'calls'))
      ? fs.readFileSync(path.join(folder, 'calls'), 'utf8').trim().split('\n').length
      : 0;

  beforeEach(() => writeNpm('mkdir -p node_modules; echo "$@" >> calls'));

  it('runs npm ci once per lock file', async () => {
    await install();
    await install();
    expect(calls()).toBe(1);
    expect(fs.readFileSync(path.join(folder, 'calls'), 'utf8')).toMatch(/^ci /);
    fs.writeFileSync(path.join(folder, 'package-lock.json'), '{"changed": true}');
    await install();
    expect(calls()).toBe(2);
  });

  it('takes an installation by hand for what it is, unless the lock file is newer', async () => {
    const noted = path.join(folder, 'node_modules', '.package-lock.json');
    fs.mkdirSync(path.dirname(noted));
    fs.writeFileSync(noted, '{}');
    await install();
    expect(calls()).toBe(0);
    fs.utimesSync(noted, 1, 1);
    await install();
    expect(calls()).toBe(1);
  });

  it('tells what npm said when it fails', async () => {
    writeNpm('echo "the registry is away" >&2; exit 1');
    const { code, stderr } = await install();
    expect(code).toBe(1);
    expect(stderr).toContain('the registry is away');
  });
});

describe('runStep', () => {
  const step = (script) =>
    run(`
      import { runStep, stopSteps } from '${__dirname}/run-step.mjs';
      ${script}`);

  it('hands on lines as they come and the end of the output', async () => {
    const { stdout } = await step(`
      const lines = [];
      const args = ['-c', 'printf "one\\\\ntwo"; exit 3'];
      const { ok, output } = await runStep('sh', args, { onLine: (line) => lines.push(line) });
      console.log(JSON.stringify({ ok, output, lines }));`);
    expect(JSON.parse(stdout)).toEqual({ ok: false, output: 'one\ntwo', lines: ['one', 'two'] });
  });

  it('fails, and does not throw, when there is no such command', async () => {
    const { stdout } = await step(`
      const { ok, output } = await runStep('no-such-command-here', []);
      console.log(JSON.stringify({ ok, output }));`);
    expect(JSON.parse(stdout)).toEqual({ ok: false, output: expect.stringContaining('ENOENT') });
  });

  it('stops the children of a step with it', async () => {
    const { stdout } = await step(`
      const stepping = runStep('sh', ['-c', 'sleep 600 & echo $!; wait'], {
        onLine: (line) => (console.log(line), stopSteps()),
      });
      console.log((await stepping).ok);`);
    const [pid, ok] = stdout.trim().split('\n');
    expect(ok).toBe('false');
    // Gone, or a zombie where nothing collects orphans.
    const stat = `/proc/${pid}/stat`;
    expect(fs.existsSync(stat) ? fs.readFileSync(stat, 'utf8') : ') Z').toMatch(/\) Z/);
  });
});
