import { readWarnings } from './read-warnings';

describe('readWarnings', () => {
  it('tells each kind once, from warnings on', () => {
    const logs = [
      '{"level":"info","msg":"started"}',
      '{"level":"warn","queue":"a","msg":"batch failed"}',
      '{"level":"warn","queue":"b","msg":"batch failed"}',
      '{"level":"fatal","msg":"gone"}',
      'no JSON',
    ].join('\n');
    expect([...readWarnings(logs)]).toEqual(['batch failed', 'gone']);
  });
});
