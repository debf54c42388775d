import type { Footprint } from './footprint';
import { judgeFootprint } from './judge-footprint';

const before: Footprint = {
  residentMb: { 'relay 1': 100, 'relay 2': 100 },
  sessions: { relay: 2, 'relay leases': 2, 'relay listener': 2 },
  connections: { relay: 2 },
  channels: 4,
};

function judge(after: Partial<Footprint>): string[] {
  return judgeFootprint(before, { ...before, ...after }, ['relay 2']);
}

describe('judgeFootprint', () => {
  it('is content with the same, and with a pool that has fewer or a few more', () => {
    expect(judge({})).toEqual([]);
    expect(judge({ sessions: { ...before.sessions, relay: 0 } })).toEqual([]);
    expect(judge({ sessions: { ...before.sessions, relay: 4 } })).toEqual([]);
  });

  it.each([
    ['a pool that grew', { sessions: { ...before.sessions, relay: 9 } }],
    ['a session that was left behind', { sessions: { ...before.sessions, 'relay leases': 3 } }],
    ['a session that is missing', { sessions: { relay: 2, 'relay leases': 2 } }],
    ['a connection that was left behind', { connections: { relay: 3 } }],
    ['a connection that is missing', { connections: {} }],
    ['a channel that was left behind', { channels: 5 }],
    ['memory that grew', { residentMb: { 'relay 2': 200 } }],
    ['a process that is gone', { residentMb: {} }],
  ])('convicts %s', (_, after) => {
    expect(judge(after)).toHaveLength(1);
  });

  it('does not judge the memory of a process that is another', () => {
    expect(judge({ residentMb: { 'relay 1': 300, 'relay 2': 110 } })).toEqual([]);
  });
});
