import { childTraceparent, parseTraceparent, toTraceparent } from './trace-context';

const HEADER = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

describe('trace context', () => {
  it('reads and writes the header', () => {
    const context = parseTraceparent(HEADER);
    expect(context).toEqual({
      traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
      spanId: '00f067aa0ba902b7',
      sampled: true,
    });
    expect(context && toTraceparent(context)).toBe(HEADER);
  });

  it('accepts the longer header of a later version', () => {
    expect(parseTraceparent(`cc${HEADER.slice(2)}-what-comes`)?.sampled).toBe(true);
  });

  it.each([
    undefined,
    '',
    42,
    `ff${HEADER.slice(2)}`,
    `${HEADER}-more`,
    HEADER.toUpperCase(),
    `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
    `00-4bf92f3577b34da6a3ce929d0e0e4736-${'0'.repeat(16)}-01`,
    `${HEADER}${'x'.repeat(500)}`,
  ])('ignores %p', (header) => {
    expect(parseTraceparent(header)).toBeUndefined();
    expect(childTraceparent(header)).toBeUndefined();
  });

  it('gives a child the same trace and a span of its own', () => {
    const child = parseTraceparent(childTraceparent(HEADER));
    expect(child?.traceId).toBe('4bf92f3577b34da6a3ce929d0e0e4736');
    expect(child?.spanId).not.toBe('00f067aa0ba902b7');
  });
});
