import { type ConsumerProject, createConsumerProject } from './create-consumer-project';

const consumer = `
import { z } from 'zod';
import {
  type AnyEvent, createSequenceGuard, eventSchemas, inventoryUpdateSchema, parseEvent,
  routingKeyOf, topology,
} from '@inventory-events/contracts';

const body: Uint8Array = new TextEncoder().encode(JSON.stringify(FIXTURE));

function describeEvent(event: AnyEvent): string {
  switch (event.eventType) {
    case 'LOW_STOCK':
      return \`\${event.data.productId} is down to \${event.data.newQuantity}\`;
    default:
      // @ts-expect-error only events of stock levels and crossings have a new quantity
      return event.data.newQuantity;
  }
}

// @ts-expect-error there is no such event
routingKeyOf('NO_STOCK');

const update: z.input<typeof inventoryUpdateSchema> = { productId: 'a', newQuantity: 1 };
const binding = [topology.exchanges.events, routingKeyOf('LOW_STOCK')].join(' ');

async function main(): Promise<string> {
  const guard = createSequenceGuard();
  const result = parseEvent(body);
  if (!result.ok) return result.issues.map((issue) => issue.message).join();
  const first = await guard.check(result.value);
  await guard.advance(result.value);
  const second = await guard.check(result.value);
  const zodIsShared = eventSchemas.LOW_STOCK instanceof z.ZodObject;
  const text = describeEvent(result.value);
  return [text, binding, first, second, zodIsShared, update.newQuantity].join(' | ');
}
`;

const expected =
  '0198c0de-0000-7000-8000-000000000001 is down to 8 | ' +
  'inventory.events inventory.threshold.low_stock | new | duplicate | true | 1';

const print = 'void main().then(console.log);\n';

describe('the packed package in an empty project', () => {
  let project: ConsumerProject;

  beforeAll(() => {
    project = createConsumerProject();
  }, 120_000);

  afterAll(() => project?.remove());

  it.each([
    ['an ES module', 'consumer.mts', 'consumer.mjs'],
    ['CommonJS', 'consumer.cts', 'consumer.cjs'],
  ])(
    'is compiled against and run from %s',
    (_kind, source, compiled) => {
      const fixture = project.read('@inventory-events/contracts/fixtures/LOW_STOCK.v1.json');
      project.write(source, consumer.replace('FIXTURE', fixture) + print);
      expect(project.typecheck(source)).toBe('');
      expect(project.run(compiled).trim()).toBe(expected);
    },
    60_000,
  );

  it('brings the documents for teams without TypeScript', () => {
    const read = (path: string) => project.read(`@inventory-events/contracts/${path}`);
    expect(JSON.parse(read('schemas/LOW_STOCK.v1.json'))).toMatchObject({ title: 'LOW_STOCK' });
    expect(JSON.parse(read('asyncapi.json'))).toMatchObject({ asyncapi: '3.0.0' });
    expect(read('proto/inventory/stock/v1/stock.proto')).toContain('service StockService');
  });

  it('depends on nothing but zod, and leaves tests and sources at home', () => {
    const manifest = JSON.parse(project.read('@inventory-events/contracts/package.json')) as object;
    expect(manifest).toMatchObject({ peerDependencies: { zod: expect.stringMatching(/^\^4/) } });
    expect(manifest).not.toHaveProperty('dependencies');
    expect(() => project.read('@inventory-events/contracts/src/index.ts')).toThrow();
    expect(() => project.read('@inventory-events/contracts/schemas/released/x.json')).toThrow();
  });
});
