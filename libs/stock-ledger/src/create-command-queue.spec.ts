import { AppError } from '@inventory-events/errors';
import { createCommandQueue, type CommandQueueOptions } from './create-command-queue';
import type { LedgerCommand, LedgerResult } from './ledger-command';

const commandOf = (messageId: string) => ({ messageId }) as LedgerCommand;
const resultOf = ({ messageId }: LedgerCommand) =>
  ({ outcome: 'applied', messageId }) as unknown as LedgerResult;

/** A ledger whose batches end when told, or as `fails` says. */
function heldLedger(fails: (ids: string[], call: number) => Error | undefined = () => undefined) {
  const batches: string[][] = [];
  const releases: (() => void)[] = [];
  let isOpen = false;
  return {
    batches,
    open() {
      isOpen = true;
      for (const release of releases.splice(0)) release();
    },
    async executeBatch(commands: readonly LedgerCommand[]) {
      const ids = commands.map((command) => command.messageId);
      batches.push(ids);
      const call = batches.length;
      if (!isOpen) await new Promise<void>((resolve) => void releases.push(resolve));
      const error = fails(ids, call);
      if (error) throw error;
      return commands.map(resultOf);
    },
  };
}

const queueOf = (ledger: CommandQueueOptions['ledger'], options = {}) =>
  createCommandQueue({ ledger, batchSize: 100, maxWaiting: 1_000, sessions: 1, ...options });

const oneTurn = () => new Promise<void>((resolve) => void setImmediate(resolve));

/** Its batch has begun. */
async function begun(ledger: ReturnType<typeof heldLedger>, count: number): Promise<void> {
  while (ledger.batches.length < count) await oneTurn();
}

const transient = new AppError('DEPENDENCY_UNAVAILABLE', 'away');

describe('createCommandQueue', () => {
  it('executes at once when idle, and what arrives meanwhile together', async () => {
    const ledger = heldLedger();
    const queue = queueOf(ledger);
    const first = queue.execute(commandOf('a'));
    await oneTurn();
    expect(ledger.batches).toEqual([['a']]);
    const others = ['b', 'c'].map((id) => queue.execute(commandOf(id)));
    await oneTurn();
    expect(queue.waiting()).toBe(2);
    ledger.open();
    await expect(Promise.all([first, ...others])).resolves.toMatchObject([
      { messageId: 'a' },
      { messageId: 'b' },
      { messageId: 'c' },
    ]);
    expect(ledger.batches).toEqual([['a'], ['b', 'c']]);
  });

  it('takes what arrives in one turn of the event loop together', async () => {
    const ledger = heldLedger();
    ledger.open();
    const queue = queueOf(ledger);
    await Promise.all(['a', 'b', 'c'].map((id) => queue.execute(commandOf(id))));
    expect(ledger.batches).toEqual([['a', 'b', 'c']]);
  });

  it('waits for what every turn brings, and not for ever', async () => {
    const ledger = heldLedger();
    const queue = queueOf(ledger);
    const answers: Promise<unknown>[] = [];
    const ask = () => answers.push(queue.execute(commandOf(`${answers.length}`)));
    const busyTurns = async (count: number) => {
      ask();
      for (let turn = 0; turn < count; turn += 1) {
        ask();
        await oneTurn();
      }
    };
    await busyTurns(3);
    await oneTurn();
    expect(ledger.batches).toEqual([['0', '1', '2', '3']]);
    ledger.open();
    await Promise.all(answers);
    await busyTurns(20);
    await Promise.all(answers);
    expect(ledger.batches.length).toBeGreaterThan(2);
  });

  it('keeps to the batch size and to its sessions', async () => {
    const ledger = heldLedger();
    const queue = queueOf(ledger, { batchSize: 2, sessions: 2 });
    const answers = ['a', 'b', 'c', 'd', 'e'].map((id) => queue.execute(commandOf(id)));
    await begun(ledger, 2);
    expect(queue.waiting()).toBe(1);
    ledger.open();
    await Promise.all(answers);
    expect(ledger.batches).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  });

  it('begins beside a batch only with one as large', async () => {
    const ledger = heldLedger();
    const queue = queueOf(ledger, { sessions: 2 });
    const ask = (...ids: string[]) => ids.map((id) => queue.execute(commandOf(id)));
    const answers = ask('a', 'b', 'c');
    await begun(ledger, 1);
    answers.push(...ask('d', 'e'));
    for (let turn = 0; turn < 10; turn += 1) await oneTurn();
    expect(queue.waiting()).toBe(2);
    answers.push(...ask('f'));
    await begun(ledger, 2);
    answers.push(...ask('g', 'h', 'i', 'j'));
    for (let turn = 0; turn < 10; turn += 1) await oneTurn();
    expect(queue.waiting()).toBe(4);
    ledger.open();
    await Promise.all(answers);
    expect(ledger.batches.slice(0, 2)).toEqual([
      ['a', 'b', 'c'],
      ['d', 'e', 'f'],
    ]);
  });

  it('refuses what is too much', async () => {
    const ledger = heldLedger();
    const queue = queueOf(ledger, { maxWaiting: 1 });
    const answers = [queue.execute(commandOf('a'))];
    await begun(ledger, 1);
    answers.push(queue.execute(commandOf('b')));
    await expect(queue.execute(commandOf('c'))).rejects.toMatchObject({ code: 'OVERLOADED' });
    ledger.open();
    await expect(Promise.all(answers)).resolves.toHaveLength(2);
  });

  it('lets the bad one fail alone', async () => {
    const bad = new AppError('INTERNAL', 'bad');
    const ledger = heldLedger((ids) => (ids.includes('d') ? bad : undefined));
    const queue = queueOf(ledger);
    const answers = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => queue.execute(commandOf(id)));
    ledger.open();
    const settled = await Promise.allSettled(answers);
    expect(settled.map(({ status }) => status === 'fulfilled')).toEqual([
      true,
      true,
      true,
      false,
      true,
      true,
    ]);
    expect(settled[3]).toMatchObject({ reason: bad });
  });

  it('tries again what may pass, and not for ever', async () => {
    const passing = heldLedger((_ids, call) => (call < 3 ? transient : undefined));
    passing.open();
    await expect(queueOf(passing).execute(commandOf('a'))).resolves.toMatchObject({
      outcome: 'applied',
    });
    const lasting = heldLedger(() => transient);
    lasting.open();
    const queue = queueOf(lasting, { maxAttempts: 2 });
    await expect(queue.execute(commandOf('a'))).rejects.toBe(transient);
    expect(lasting.batches).toHaveLength(2);
  });

  it('drops what is past its deadline before it began, and only that', async () => {
    const ledger = heldLedger();
    const queue = queueOf(ledger);
    const deadline = new AbortController();
    const early = queue.execute(commandOf('a'), deadline.signal);
    await begun(ledger, 1);
    const late = queue.execute(commandOf('b'), deadline.signal);
    const other = queue.execute(commandOf('c'));
    deadline.abort();
    ledger.open();
    await expect(late).rejects.toMatchObject({ code: 'TIMEOUT' });
    await expect(Promise.all([early, other])).resolves.toHaveLength(2);
    expect(ledger.batches).toEqual([['a'], ['c']]);
  });

  it('answers all that it took before it has drained, and takes no more', async () => {
    const ledger = heldLedger();
    const queue = queueOf(ledger);
    const answers = ['a', 'b', 'c'].map((id) => queue.execute(commandOf(id)));
    await begun(ledger, 1);
    answers.push(queue.execute(commandOf('e')));
    let isDrained = false;
    const drained = queue.drain().then(() => (isDrained = true));
    await expect(queue.execute(commandOf('d'))).rejects.toMatchObject({ code: 'SHUTTING_DOWN' });
    expect(isDrained).toBe(false);
    ledger.open();
    await drained;
    await expect(Promise.all(answers)).resolves.toHaveLength(4);
  });
});
