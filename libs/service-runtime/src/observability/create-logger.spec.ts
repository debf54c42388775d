import { createLogger } from './create-logger';

function capture(write: (logger: ReturnType<typeof createLogger>) => void): string {
  let output = '';
  write(
    createLogger({
      name: 'app',
      level: 'info',
      destination: { write: (line) => void (output += line) },
    }),
  );
  return output;
}

describe('createLogger', () => {
  it('writes JSON with the level by name and the component', () => {
    const line = capture((logger) =>
      logger.child({ component: 'relay' }).info({ count: 2 }, 'hello'),
    );
    expect(JSON.parse(line)).toMatchObject({
      level: 'info',
      service: 'app',
      component: 'relay',
      count: 2,
      msg: 'hello',
    });
  });

  it('keeps secrets out of fields, error messages and causes', () => {
    const error = new Error('connect amqp://user:hunter2@broker failed', {
      cause: new Error('postgres://u:hunter2@db'),
    });
    const output = capture((logger) => {
      logger.error({
        err: error,
        config: { password: 'hunter2' },
        headers: { authorization: 'hunter2' },
      });
      logger.info({ token: 'hunter2' });
    });
    expect(output).not.toContain('hunter2');
    expect(output).toContain('amqp://[redacted]@broker');
  });
});
