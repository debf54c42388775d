import { createVersionFloors } from './create-version-floors';

describe('createVersionFloors', () => {
  it('remembers the highest', () => {
    const floors = createVersionFloors(10);
    floors.raise('a', 3);
    floors.raise('a', 2);
    expect([floors.of('a'), floors.of('b')]).toEqual([3, undefined]);
  });

  it('forgets the longest unused', () => {
    const floors = createVersionFloors(2);
    for (const key of ['a', 'b', 'a', 'c']) floors.raise(key, 1);
    expect(['a', 'b', 'c'].map(floors.of)).toEqual([1, undefined, 1]);
  });
});
