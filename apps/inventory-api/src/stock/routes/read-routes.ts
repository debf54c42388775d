import { defineRoute, type Route, uuidField, z } from '@inventory-events/service-runtime/api';
import { inventorySchema, inventorySummarySchema, skuField } from '../stock-schemas';
import type { Stock } from '../stock';
import { setETag } from './etag';
import { isFreshWanted } from './is-fresh-wanted';

const tag = 'Inventory';
const cached =
  'May be seconds old, but never older than what was answered before. `Cache-Control: no-cache` ' +
  'in the request asks for the latest.';

/** What there is of one entry, of a product, of a SKU. */
export function stockReadRoutes({ stock }: { readonly stock: Stock }): Route[] {
  const ofProduct = defineRoute({
    method: 'get',
    path: '/api/v1/inventory/product/{productId}',
    tag,
    summary: 'The stock of a product in all variants and warehouses',
    description: cached,
    role: 'viewer',
    request: { path: z.object({ productId: uuidField }) },
    response: {
      description: 'The sums and the entries.',
      schema: inventorySummarySchema.extend({ productId: z.string() }),
    },
    async handle({ path: { productId }, request }) {
      const fresh = isFreshWanted(request);
      return { productId, ...(await stock.ofProduct(productId, { fresh })) };
    },
  });
  const ofSku = defineRoute({
    method: 'get',
    path: '/api/v1/inventory/sku/{sku}',
    tag,
    summary: 'The stock of a SKU in all warehouses',
    description: cached,
    role: 'viewer',
    request: { path: z.object({ sku: skuField }) },
    response: {
      description: 'The sums and the entries.',
      schema: inventorySummarySchema.extend({ sku: z.string() }),
    },
    async handle({ path: { sku }, request }) {
      return { sku, ...(await stock.ofSku(sku, { fresh: isFreshWanted(request) })) };
    },
  });
  const one = defineRoute({
    method: 'get',
    path: '/api/v1/inventory/{id}',
    tag,
    summary: 'One stock entry',
    description: `${cached} The ETag is for the If-Match of a change.`,
    role: 'viewer',
    request: { path: z.object({ id: uuidField }) },
    response: { description: 'The entry.', schema: inventorySchema },
    async handle({ path, request, response }) {
      const fresh = isFreshWanted(request);
      const inventory = await stock.read({ inventoryId: path.id }, { fresh });
      setETag(response, inventory);
      return inventory;
    },
  });
  return [ofProduct, ofSku, one];
}
