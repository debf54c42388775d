import { renderTable } from './render-table';

describe('renderTable', () => {
  it('aligns columns under a rule', () => {
    const rows = [['point', 'hits'], ['relay.read', '7'], ['x']];
    expect(renderTable(rows)).toBe('point       hits\n----------  ----\nrelay.read  7\nx');
  });
});
