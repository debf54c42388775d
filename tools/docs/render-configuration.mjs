const INTRODUCTION = `<!-- Generated from apps/*/src/config.ts by \`npm run docs\`; a test compares them. -->

# Configuration

The apps read environment variables and nothing else. Every app checks all of its own at the start, reports every
problem at once, without any value, and exits with code 1. An empty variable counts as absent.
[.env.example](../.env.example) has all of them, for \`node --env-file\`. The Helm chart sets the required ones from a
Secret; the others go into \`env\` of the app's values.

Of both APIs, exactly one of \`AUTH_JWT_SECRET\` (HS256) and \`AUTH_JWKS_URL\` (RS256, ES256 and their relatives) has to be
set: there is no way to switch the check off. \`OTEL_EXPORTER_OTLP_ENDPOINT\` switches tracing on; the OpenTelemetry SDK
reads its other \`OTEL_\` variables by itself. The migrations need \`DATABASE_URL\` alone.
`;

/** The page as Prettier would write it. */
export function renderConfiguration(apps) {
  const sections = apps.map(({ app, variables }) => `## ${app}\n\n${renderTable(variables)}\n`);
  return [INTRODUCTION, ...sections].join('\n');
}

function renderTable(variables) {
  const rows = [
    ['variable', 'default', 'values', 'meaning'],
    ...variables.map((variable) => [
      `\`${variable.name}\``,
      describeDefault(variable),
      variable.values,
      variable.meaning.replaceAll('|', '\\|'),
    ]),
  ];
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (cells) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  const [head, ...body] = rows;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}

function describeDefault({ isRequired, default: value }) {
  if (isRequired) return '**required**';
  return value === undefined ? '' : `\`${value}\``;
}
