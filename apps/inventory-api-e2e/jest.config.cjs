module.exports = {
  displayName: 'inventory-api-e2e',
  preset: '../../jest.preset.cjs',
};
