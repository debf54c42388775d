import {
  type Client,
  credentials,
  loadPackageDefinition,
  Metadata,
  type ServiceClientConstructor,
} from '@grpc/grpc-js';
import { loadFileDescriptorSetFromBuffer } from '@grpc/proto-loader';
import type { ServerReflectionRequest } from '../generated/grpc/reflection/v1/reflection';
import { as, connectGrpc, type GrpcConnection } from '../world/connect-grpc';
import { insertItem } from '../world/insert-item';
import { signToken } from '../world/sign-token';
import { startInventoryWorld, type InventoryWorld } from '../world/start-inventory-world';

type Question = NonNullable<ServerReflectionRequest['messageRequest']>;
type Call = (
  request: object,
  metadata: Metadata,
  done: (error: Error | null, answer?: unknown) => void,
) => void;

const SERVICES = [
  'grpc.health.v1.Health',
  'inventory.stock.v1.StockService',
  'inventory.v1.InventoryService',
];

let world: InventoryWorld;
let grpc: GrpcConnection;

beforeAll(async () => {
  world = await startInventoryWorld();
  grpc = connectGrpc(world.grpcPort);
});

afterAll(async () => {
  grpc.close();
  await world.close();
});

async function ask(question: Question) {
  const requests = async function* () {
    yield { messageRequest: question };
  };
  for await (const answer of grpc.reflection.serverReflectionInfo(requests(), as('viewer'))) {
    return answer.messageResponse;
  }
  return undefined;
}

async function fileOf(question: Question): Promise<Uint8Array> {
  const answer = await ask(question);
  const files = answer?.$case === 'fileDescriptorResponse' ? answer.value.fileDescriptorProto : [];
  expect(files).toHaveLength(1);
  return files[0] ?? new Uint8Array();
}

/** The files as a set: each is field 1, a message, of it. */
function toDescriptorSet(files: readonly Uint8Array[]): Buffer {
  return Buffer.concat(
    files.flatMap((file) => {
      const length = [];
      for (let rest = file.length; ; rest >>>= 7) {
        if (rest < 0x80) {
          length.push(rest);
          break;
        }
        length.push((rest & 0x7f) | 0x80);
      }
      return [Buffer.from([0x0a, ...length]), Buffer.from(file)];
    }),
  );
}

describe('reflection', () => {
  it('lists the services', async () => {
    const answer = await ask({ $case: 'listServices', value: '' });
    const services = answer?.$case === 'listServicesResponse' ? answer.value.service : [];
    expect(services.map(({ name }) => name).sort()).toEqual(SERVICES);
  });

  it.each(SERVICES)('describes %s', async (service) => {
    const file = await fileOf({ $case: 'fileContainingSymbol', value: service });
    expect(Buffer.from(file).toString('latin1')).toContain(service.split('.').at(-1));
  });

  it('is enough for a client that knows nothing but the address', async () => {
    const { productId, inventoryId } = await insertItem(world);
    const files = [
      await fileOf({ $case: 'fileByFilename', value: 'google/protobuf/timestamp.proto' }),
      await fileOf({ $case: 'fileContainingSymbol', value: 'inventory.v1.InventoryService' }),
    ];
    const definition = loadFileDescriptorSetFromBuffer(toDescriptorSet(files));
    const root = loadPackageDefinition(definition) as unknown as {
      inventory: { v1: { InventoryService: ServiceClientConstructor } };
    };
    const client: Client = new root.inventory.v1.InventoryService(
      `127.0.0.1:${world.grpcPort}`,
      credentials.createInsecure(),
    );
    const metadata = new Metadata();
    metadata.set('authorization', `Bearer ${signToken({ roles: ['viewer'] })}`);
    const getInventory = (client as unknown as { GetInventory: Call }).GetInventory.bind(client);
    const answer = await new Promise((resolve, reject) => {
      getInventory({ item: { product_id: productId } }, metadata, (error, got) =>
        error === null ? resolve(got) : reject(error),
      );
    });
    client.close();
    expect(answer).toMatchObject({ inventory_id: inventoryId, quantity_available: 10 });
  });

  it('says of what there is not that there is not', async () => {
    const answer = await ask({ $case: 'fileContainingSymbol', value: 'inventory.v2.Other' });
    expect(answer).toMatchObject({ $case: 'errorResponse', value: { errorCode: 5 } });
  });
});
