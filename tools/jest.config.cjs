module.exports = {
  displayName: 'tools',
  preset: '../jest.preset.cjs',
  // Plain Node modules are tested from outside, as the processes they are used as.
  testMatch: ['<rootDir>/*/*.spec.cjs'],
};
