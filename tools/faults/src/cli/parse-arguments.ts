export const COMMANDS = ['points', 'mutants'] as const;
export type Command = (typeof COMMANDS)[number];

export interface Arguments {
  readonly commands: readonly Command[];
  /** Cases whose name contains it. */
  readonly only: string | undefined;
  readonly seed: number;
  /** How often each mutant has to be convicted. */
  readonly rounds: number;
}

export const USAGE = `npm run faults -- [${COMMANDS.join('|')}] [--only name] [--seed n] [--rounds n]`;

/** What is to be done, or undefined when that can't be said. Without a command: everything. */
export function parseArguments(words: readonly string[]): Arguments | undefined {
  const commands: Command[] = [];
  const options = new Map<string, string>();
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const value = word.startsWith('--') ? rest.shift() : undefined;
    if (value !== undefined) options.set(word, value);
    else if (isCommand(word)) commands.push(word);
    else return undefined;
  }
  const seed = Number(options.get('--seed') ?? 1);
  const rounds = Number(options.get('--rounds') ?? 3);
  const only = options.get('--only');
  const isKnown = [...options.keys()].every((name) => OPTIONS.has(name));
  if (!isKnown || !Number.isInteger(seed) || !(Number.isInteger(rounds) && rounds > 0)) {
    return undefined;
  }
  return { commands: commands.length > 0 ? commands : COMMANDS, only, seed, rounds };
}

const OPTIONS: ReadonlySet<string> = new Set(['--only', '--seed', '--rounds']);

function isCommand(word: string): word is Command {
  return COMMANDS.some((command) => command === word);
}
