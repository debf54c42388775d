module.exports = {
  displayName: 'ingest-worker-e2e',
  preset: '../../jest.preset.cjs',
};
