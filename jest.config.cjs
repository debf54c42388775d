module.exports = {
  // Jest takes it from here alone when it runs several projects.
  testTimeout: 30_000,
  projects: [
    '<rootDir>/libs/*/jest.config.cjs',
    '<rootDir>/apps/*/jest.config.cjs',
    '<rootDir>/tools/jest.config.cjs',
    '<rootDir>/tools/*/jest.config.cjs',
  ],
};
