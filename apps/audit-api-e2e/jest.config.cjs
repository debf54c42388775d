module.exports = {
  displayName: 'audit-api-e2e',
  preset: '../../jest.preset.cjs',
};
