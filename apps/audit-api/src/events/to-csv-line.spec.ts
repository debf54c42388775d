import { toCsvLine } from './to-csv-line';

describe('toCsvLine', () => {
  it('quotes what needs it', () => {
    expect(toCsvLine(['a', 'b,c', 'd"e', 'f\ng', null, 1])).toBe('a,"b,c","d""e","f\ng",,1\r\n');
  });

  it.each(['=1+1', '+1', '-1', '@A1', '\t=1', '\r=1', '\n=1'])('disarms %j', (text) => {
    expect(toCsvLine([text])).toMatch(/^"?'/);
  });

  it('leaves negative numbers alone', () => {
    expect(toCsvLine([-5, 0])).toBe('-5,0\r\n');
  });
});
