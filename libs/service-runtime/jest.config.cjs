const preset = require('../../jest.preset.cjs');

const [[typescript, swc]] = Object.entries(preset.transform);

module.exports = {
  ...preset,
  displayName: 'service-runtime',
  // jose has no CommonJS build; Node requires it as it is, Jest can't.
  transform: { [typescript]: swc, 'node_modules/jose/.+\\.js$': swc },
  transformIgnorePatterns: ['/node_modules/(?!jose/)'],
};
