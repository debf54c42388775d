// The chart's files, and helm itself where the machine has it: named by HELM or found on the PATH.
const { spawnSync } = require('node:child_process');
const { readdirSync, readFileSync } = require('node:fs');
const { join, resolve } = require('node:path');
const yaml = require('yaml');

const chartDirectory = resolve(__dirname, '../../helm/inventory-events');
const templatesDirectory = join(chartDirectory, 'templates');

function readChartFile(name) {
  return readFileSync(join(chartDirectory, name), 'utf8');
}

const chart = yaml.parse(readChartFile('Chart.yaml'));
const values = yaml.parse(readChartFile('values.yaml'));
const valuesSchema = JSON.parse(readChartFile('values.schema.json'));
const templates = readdirSync(templatesDirectory).map((name) => ({
  name,
  text: readFileSync(join(templatesDirectory, name), 'utf8'),
}));

const helm = process.env.HELM ?? 'helm';
const hasHelm = spawnSync(helm, ['version']).status === 0;

function runHelm(args, overrides = {}) {
  const result = spawnSync(helm, [...args, '--values', '-'], {
    input: JSON.stringify(overrides),
    encoding: 'utf8',
  });
  return { succeeded: result.status === 0, output: result.stdout, errors: result.stderr };
}

/** The rendered resources of a release named `shop`. */
function render(overrides) {
  const { succeeded, output, errors } = runHelm(['template', 'shop', chartDirectory], overrides);
  if (!succeeded) throw new Error(errors);
  return yaml
    .parseAllDocuments(output)
    .map((document) => document.toJSON())
    .filter((resource) => resource !== null);
}

module.exports = {
  chart,
  chartDirectory,
  hasHelm,
  render,
  runHelm,
  templates,
  values,
  valuesSchema,
};
