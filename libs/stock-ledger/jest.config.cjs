module.exports = {
  displayName: 'stock-ledger',
  preset: '../../jest.preset.cjs',
};
