import {
  deleteWarehouse,
  insertWarehouse,
  type StoredWarehouse,
  type WarehouseDetails,
  withKeptResult,
} from '@inventory-events/data-access';
import {
  findWarehouse,
  listWarehouses,
  type PrismaClient,
  updateWarehouse,
} from '@inventory-events/data-access/prisma';
import { AppError } from '@inventory-events/errors';
import type { Caller } from '../commands/caller';
import { toCommandContext } from '../commands/to-command-context';
import type { Database } from '../database';
import type { Warehouse, Warehouses } from './warehouse';

export interface WarehousesDeps {
  readonly pool: Database;
  readonly prisma: PrismaClient;
}

export function createWarehouses({ pool, prisma }: WarehousesDeps): Warehouses {
  return {
    async list(page) {
      return (await listWarehouses(prisma, page)).map(toWarehouse);
    },
    async get(warehouseId) {
      const stored = await findWarehouse(prisma, warehouseId);
      if (stored === undefined) throw notFound();
      return toWarehouse(stored);
    },
    create: (details, caller) => createOnce(pool, details, caller),
    async update(warehouseId, changes) {
      const updated = await updateWarehouse(prisma, warehouseId, changes);
      if (updated === 'not_found') throw notFound();
      if (updated === 'code_taken') throw codeTaken();
      return toWarehouse(updated);
    },
    async remove(warehouseId) {
      const outcome = await deleteWarehouse(pool, warehouseId);
      if (outcome === 'not_found') throw notFound();
      if (outcome === 'in_use') {
        throw new AppError('WAREHOUSE_IN_USE', 'There was stock in it: deactivate it instead.');
      }
    },
  };
}

/** Under an idempotency key the answer is kept, that of a code which is taken too. */
async function createOnce(
  pool: Database,
  details: WarehouseDetails,
  caller: Caller,
): Promise<Warehouse> {
  const kept = await withKeptResult(
    pool,
    toCommandContext(caller, 'createWarehouse', details),
    async (client) => {
      const stored = await insertWarehouse(client, details);
      return { warehouse: stored === undefined ? null : toWarehouse(stored) };
    },
  );
  if (kept === 'reused') {
    throw new AppError(
      'IDEMPOTENCY_KEY_REUSED',
      'This idempotency key was used for another request.',
    );
  }
  const { warehouse } = kept.result;
  if (warehouse === null) throw codeTaken();
  return warehouse;
}

function toWarehouse({ id, createdAt, updatedAt, ...details }: StoredWarehouse): Warehouse {
  return {
    warehouseId: id,
    ...details,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

function notFound(): AppError {
  return new AppError('WAREHOUSE_NOT_FOUND', 'There is no such warehouse.');
}

function codeTaken(): AppError {
  return new AppError('ALREADY_EXISTS', 'Another warehouse has this code.');
}
