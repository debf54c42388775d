import { randomUUID } from 'node:crypto';

/** What a newcomer can paste into a shell where TOKEN is set. */
export function curlLines({ apps, token, day, plan }) {
  const audit = `${apps['audit-api'].url}/api/v1`;
  const inventory = `${apps['inventory-api'].url}/api/v1`;
  const { busiest } = day;
  const { sku, name } = plan.products.at(-1);
  const timeline = `${audit}/products/${busiest.productId}/timeline?limit=5`;
  const reserve = (orderId) => ({ orderId, items: [{ sku, quantity: 1 }] });
  return [
    question(
      `${audit}/events?type=OUT_OF_STOCK&limit=3`,
      'the latest products that ran out',
      token,
    ),
    question(timeline, `what happened to "${busiest.name}"`, token),
    question(
      `${audit}/dead-letters?limit=3`,
      'messages that could not be processed, and why',
      token,
    ),
    question(`${inventory}/proof`, 'whether the stock adds up', token),
    question(`${inventory}/inventory/sku/${sku}`, `the stock of "${name}"`, token),
    {
      url: `${inventory}/reservations`,
      method: 'POST',
      token,
      body: reserve(randomUUID()),
      line: [
        '# one of it for an order, for 15 minutes; look at the stock again',
        'curl -s -X POST -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" \\',
        `  -d '${JSON.stringify(reserve(randomUUID()))}' '${inventory}/reservations'`,
      ].join('\n'),
    },
  ];
}

function question(url, about, token) {
  return { url, token, line: `# ${about}\ncurl -s -H "Authorization: Bearer $TOKEN" '${url}'` };
}
