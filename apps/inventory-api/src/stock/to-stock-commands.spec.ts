import { toAdjustmentCommands, toUpdateCommands } from './to-stock-commands';

describe('toUpdateCommands', () => {
  it('makes one command of each change, out of sale first and into it last', () => {
    const { command, followedBy } = toUpdateCommands({
      quantity: 5,
      expectedQuantity: 4,
      lowStockThreshold: null,
      status: 'ACTIVE',
    });
    expect([command, ...followedBy].map(({ type }) => type)).toEqual([
      'adjust',
      'setThreshold',
      'reinstate',
    ]);
    expect(command).toMatchObject({ setTo: 5, expectedQuantity: 4 });
    expect(toUpdateCommands({ quantity: 0, status: 'DISCONTINUED' })).toMatchObject({
      command: { type: 'discontinue' },
      followedBy: [{ type: 'adjust', setTo: 0 }],
    });
  });

  it('checks what is expected where no quantity is set', () => {
    expect(toUpdateCommands({ expectedQuantity: 3, lowStockThreshold: 1 })).toMatchObject({
      command: { type: 'adjust', setTo: 3, expectedQuantity: 3 },
      followedBy: [{ type: 'setThreshold' }],
    });
  });

  it('changes no stock for a mere setting', () => {
    expect(toUpdateCommands({ reorderPoint: 3 })).toEqual({
      command: { type: 'adjust', delta: 0 },
      followedBy: [],
    });
  });
});

describe('toAdjustmentCommands', () => {
  it.each([
    ['RECEIVED', 5, { type: 'receive', quantity: 5 }],
    ['RETURN', 5, { type: 'return', quantity: 5 }],
    ['FOUND', 5, { type: 'adjust', delta: 5, reason: 'FOUND' }],
    ['DAMAGE', -5, { type: 'adjust', delta: -5, reason: 'DAMAGE' }],
    ['LOSS', -5, { type: 'adjust', delta: -5, reason: 'LOSS' }],
    ['ADJUSTMENT', -5, { type: 'adjust', delta: -5, reason: 'ADJUSTMENT' }],
    ['ADJUSTMENT', 5, { type: 'adjust', delta: 5, reason: 'ADJUSTMENT' }],
  ] as const)('%s of %i', (reason, quantityChange, command) => {
    expect(toAdjustmentCommands({ quantityChange, reason })).toEqual({ command, followedBy: [] });
  });

  it('checks what is expected first', () => {
    const adjustment = { quantityChange: 1, reason: 'FOUND', expectedQuantity: 9 } as const;
    expect(toAdjustmentCommands(adjustment)).toMatchObject({
      command: { setTo: 9, expectedQuantity: 9 },
      followedBy: [{ delta: 1 }],
    });
  });

  it.each([
    ['RECEIVED', -1],
    ['RETURN', -1],
    ['FOUND', -1],
    ['DAMAGE', 1],
    ['LOSS', 1],
    ['ADJUSTMENT', 0],
  ] as const)('refuses %s of %i', (reason, quantityChange) => {
    expect(() => toAdjustmentCommands({ quantityChange, reason })).toThrow('quantityChange');
  });
});
