/** Rows of text as a table with aligned columns; the first one is the header. */
export function renderTable(rows: readonly (readonly string[])[]): string {
  const columns = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]) =>
    widths
      .map((width, column) => (row[column] ?? '').padEnd(width))
      .join('  ')
      .trimEnd();
  const [header = [], ...body] = rows;
  return [header, widths.map((width) => '-'.repeat(width)), ...body].map(line).join('\n');
}
