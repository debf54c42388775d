module.exports = {
  displayName: 'data-access',
  preset: '../../jest.preset.cjs',
};
