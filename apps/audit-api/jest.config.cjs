module.exports = {
  displayName: 'audit-api',
  preset: '../../jest.preset.cjs',
};
