import { parseCsv } from './parse-csv';

describe('parseCsv', () => {
  it('reads plain and quoted fields', () => {
    expect(parseCsv('a,b\r\n1,"x, ""y"""\n,\n2,"two\nlines"')).toEqual([
      { a: '1', b: 'x, "y"' },
      { a: '', b: '' },
      { a: '2', b: 'two\nlines' },
    ]);
  });

  it('refuses what is not CSV', () => {
    expect(() => parseCsv('a,b\n1,"open')).toThrow('not CSV');
  });
});
