module.exports = {
  displayName: 'contracts',
  preset: '../../jest.preset.cjs',
  testMatch: ['<rootDir>/{src,generators,package-tests}/**/*.spec.ts'],
};
