import { claimRoom } from './claim-room';

const limits = { batchSize: 100, bufferEvents: 1000, bufferBytes: 100_000 };
const load = (events: number, bytes: number, laterEvents = 0) => ({ events, bytes, laterEvents });

describe('claimRoom', () => {
  it.each([
    ['a batch when nothing is there', load(0, 0), 0, 100],
    ['a batch when it fits', load(900, 9_000), 0, 100],
    ['nothing when a batch does not fit', load(901, 9_010), 0, 0],
    ['fewer when events are large', load(10, 90_000), 0, 1],
    ['as many as their size lets in', load(50, 50_000), 0, 50],
    ['nothing when the bytes are used up', load(10, 100_000), 0, 0],
    ['nothing while deletes lag behind', load(0, 0), 20_001, 0],
    ['nothing while too much waits in lanes', load(0, 0, 500_001), 0, 0],
  ])('%s', (_what, present, undeleted, room) => {
    expect(claimRoom(present, undeleted, limits)).toBe(room);
  });
});
