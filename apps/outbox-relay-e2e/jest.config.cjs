module.exports = {
  displayName: 'outbox-relay-e2e',
  preset: '../../jest.preset.cjs',
};
