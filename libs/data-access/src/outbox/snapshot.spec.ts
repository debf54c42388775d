import { parseSnapshot } from './snapshot';

describe('parseSnapshot', () => {
  it.each([
    ['100:100:', '100', []],
    ['100:105:100,103', '105', ['100', '103']],
    [
      '9007199254740993:9007199254740995:9007199254740993',
      '9007199254740995',
      ['9007199254740993'],
    ],
  ])('reads %s', (text, xmax, running) => {
    expect(parseSnapshot(text)).toEqual({ text, xmax, running });
  });

  it.each(['', '100', '1:2', 'a:b:c'])('refuses %p', (text) => {
    expect(() => parseSnapshot(text)).toThrow('not a snapshot');
  });
});
