import { applyEdits } from './apply-edits';

const file = 'libs/x/src/x.ts';

describe('applyEdits', () => {
  it('makes one edit after the other', () => {
    const edits = [
      { file, find: 'one', replace: 'two' },
      { file, find: 'two;', replace: 'three;' },
    ];
    expect(applyEdits('call one;', edits)).toBe('call three;');
  });

  it('takes what is to be written as it stands', () => {
    expect(applyEdits('a', [{ file, find: 'a', replace: '$& $1' }])).toBe('$& $1');
  });

  it.each([
    ['is not there', 'other', 0],
    ['is there twice', 'one one', 2],
  ])('fails when the text to be found %s', (_, text, count) => {
    expect(() => applyEdits(text, [{ file, find: 'one', replace: '' }])).toThrow(
      `${file}: found ${count} times instead of once`,
    );
  });
});
