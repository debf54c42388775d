import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs';

/**
 * What the instrumented builds call at every crash point. The environment says what happens there:
 * - FAULT_POINT: the point that is meant.
 * - FAULT_ACTION: trace (the default; no point is meant, all are counted), kill, pause or throw
 *   once, slow at every hit; ordered: whatever FAULT_ARM asks for.
 * - FAULT_HIT: at which hit of the point; 0 = at none before it is armed.
 * - FAULT_ARM: a file. Once it is there, the n-th hit from then on is meant, where n is its content.
 *   For `ordered` it says point, action and n, and goes away when it happens.
 * - FAULT_LOG: the file in which every hit (trace) and every fault is noted.
 */
const {
  FAULT_POINT: meantPoint,
  FAULT_ACTION: action = 'trace',
  FAULT_HIT: meantHit = '0',
  FAULT_ARM: armFile = '',
  FAULT_LOG: log = '',
} = process.env;
const SLOW_MS = 25;
let hits = 0;
let hitsUntilFault: number | undefined;
let isDone = false;
let lastOrder = '';

/** Called by edited sources, which find it as a global of the build. */
export function reachFaultPoint(name: string): void {
  if (log === '') return;
  if (action === 'trace') {
    appendFileSync(log, `${name}\n`);
    return;
  }
  if (action === 'ordered') {
    obey(name);
    return;
  }
  if (name !== meantPoint) return;
  if (action === 'slow') {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, SLOW_MS);
    return;
  }
  if (isDone || !isMeant()) return;
  isDone = true;
  appendFileSync(log, `${name}\n`);
  fail(name, action);
}

function obey(name: string): void {
  const order = readOrder();
  if (order !== lastOrder) hits = 0;
  lastOrder = order;
  const [point, what, hit] = order.split(' ');
  if (what === undefined || point !== name) return;
  hits += 1;
  if (hits < Number(hit)) return;
  rmSync(armFile, { force: true });
  appendFileSync(log, `${name}\n`);
  fail(name, what);
}

function readOrder(): string {
  if (!existsSync(armFile)) return '';
  try {
    return readFileSync(armFile, 'utf8');
  } catch {
    return ''; // withdrawn at this moment
  }
}

function isMeant(): boolean {
  hits += 1;
  if (hits === Number(meantHit)) return true;
  if (hitsUntilFault === undefined && existsSync(armFile)) {
    hitsUntilFault = Number(readFileSync(armFile, 'utf8'));
  }
  if (hitsUntilFault === undefined) return false;
  hitsUntilFault -= 1;
  return hitsUntilFault === 0;
}

function fail(name: string, what: string): void {
  if (what === 'kill') process.kill(process.pid, 'SIGKILL');
  else if (what === 'pause') process.kill(process.pid, 'SIGSTOP');
  else throw new Error(`a fault at ${name}`);
}
