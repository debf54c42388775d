const WARNING = /"level":"(?:warn|error|fatal)"/;

/** The kinds of warnings, and worse, in what an app wrote: their texts. */
export function readWarnings(logs: string): ReadonlySet<string> {
  const kinds = logs
    .split('\n')
    .filter((line) => WARNING.test(line))
    .map((line) => /"msg":"([^"]*)"/.exec(line)?.[1] ?? line);
  return new Set(kinds);
}
