module.exports = {
  displayName: 'stock-upkeep',
  preset: '../../jest.preset.cjs',
};
