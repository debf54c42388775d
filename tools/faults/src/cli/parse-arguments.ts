export const COMMANDS = ['points', 'mutants', 'outages', 'chaos', 'abuse'] as const;
export type Command = (typeof COMMANDS)[number];

export interface Arguments {
  readonly commands: readonly Command[];
  /** Cases whose name contains it. */
  readonly only: string | undefined;
  readonly seed: number;
  /** How often each mutant has to be convicted. */
  readonly rounds: number;
  /** Plans of chaos, from the seed on. */
  readonly seeds: number;
  /** The duration of each, and of sustained abuse. */
  readonly seconds: number;
  /** Cases at a time: each is a handful of processes. */
  readonly width: number;
  /** A file with a plan of chaos, instead of those of the seeds. */
  readonly plan: string | undefined;
  /** A file for a summary of the chaos. */
  readonly record: string | undefined;
}

export const USAGE = `npm run faults -- [${COMMANDS.join('|')}] [--only name] [--seed n] [--width n]
  mutants: [--rounds n]
  chaos: [--seeds n] [--seconds n] [--plan file] [--record file]
  abuse: [--seconds n]`;

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
  if (![...options.keys()].every((name) => DEFAULTS.has(name) || TEXTS.has(name))) return undefined;
  const numberOf = (name: string) => Number(options.get(name) ?? DEFAULTS.get(name));
  if (![...DEFAULTS.keys()].every((name) => isAllowed(name, numberOf(name)))) return undefined;
  return {
    commands: commands.length > 0 ? commands : COMMANDS,
    only: options.get('--only'),
    seed: numberOf('--seed'),
    rounds: numberOf('--rounds'),
    seeds: numberOf('--seeds'),
    seconds: numberOf('--seconds'),
    width: numberOf('--width'),
    plan: options.get('--plan'),
    record: options.get('--record'),
  };
}

const DEFAULTS: ReadonlyMap<string, number> = new Map([
  ['--seed', 1],
  ['--rounds', 3],
  ['--seeds', 1],
  ['--seconds', 60],
  ['--width', 2],
]);
const TEXTS: ReadonlySet<string> = new Set(['--only', '--plan', '--record']);

/** A seed may be anything, a number of things is at least one. */
function isAllowed(name: string, value: number): boolean {
  return Number.isInteger(value) && (name === '--seed' || value > 0);
}

function isCommand(word: string): word is Command {
  return COMMANDS.some((command) => command === word);
}
