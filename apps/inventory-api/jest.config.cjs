const preset = require('../../jest.preset.cjs');

const [[typescript, swc]] = Object.entries(preset.transform);

module.exports = {
  ...preset,
  displayName: 'inventory-api',
  // These have no CommonJS build; Node requires them as they are, Jest can't.
  transform: {
    [typescript]: swc,
    'node_modules/(jose|@apidevtools/json-schema-ref-parser)/.+\\.js$': swc,
  },
  transformIgnorePatterns: ['/node_modules/(?!(jose|@apidevtools/json-schema-ref-parser)/)'],
};
