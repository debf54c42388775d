import { proveStock } from './prove-stock.mjs';
import { replayAll } from './replay-all.mjs';
import { verifyDelivery } from './verify-delivery.mjs';
import { verifyOrders } from './verify-orders.mjs';
import { verifyUpdates } from './verify-updates.mjs';

/**
 * Compares what the servers hold and what the consumer received with what the day has to come to;
 * `checks` are the promises, kept or not.
 */
export async function verifyDemo({ world, day, plan, shop, events, callAsAdmin, curls }) {
  const replays = await replayAll(world.pool, [...day.products, ...plan.products]);
  const parts = {
    updates: await verifyUpdates({ world, day, replays }),
    orders: await verifyOrders({ world, plan, shop, replays }),
    delivery: await verifyDelivery({ world, day, events, replays }),
    proof: await proveStock({ world, callAsAdmin }),
    // Last: one of them reserves something.
    answers: await verifyAnswers(curls),
  };
  const checks = Object.values(parts).flatMap((part) => part.checks.map(toCheck));
  return { ...parts, checks, isClean: checks.every(({ isKept }) => isKept) };
}

const toCheck = ([promise, isKept, details]) => ({ promise, isKept, details });

async function verifyAnswers(curls) {
  const answers = await Promise.all(curls.map(ask));
  const wrong = answers.filter(({ status }) => status !== 200 && status !== 201);
  const details = wrong.map(({ url, status }) => `${status} ${url}`).join('; ');
  return { checks: [['both APIs answer', wrong.length === 0, details]] };
}

async function ask({ url, token, method = 'GET', body }) {
  const response = await fetch(url, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body && { 'content-type': 'application/json' }),
    },
    body: body && JSON.stringify(body),
  });
  await response.arrayBuffer();
  return { url, status: response.status };
}
