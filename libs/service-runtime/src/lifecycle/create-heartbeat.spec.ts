import { createHeartbeat } from './create-heartbeat';

describe('createHeartbeat', () => {
  it('is alive until the silence is too long, and again after a beat', () => {
    let now = 0;
    const heartbeat = createHeartbeat({ maxSilenceMs: 100, now: () => now });
    now = 100;
    expect(heartbeat.isAlive()).toBe(true);
    now = 101;
    expect(heartbeat.isAlive()).toBe(false);
    heartbeat.beat();
    expect(heartbeat.isAlive()).toBe(true);
  });
});
