import { randomUUID } from 'node:crypto';
import { startStack } from '../dev-stack/start-stack.mjs';
import { buildApps } from './world/build-apps.mjs';
import { createScope } from './world/create-scope.mjs';
import { createToken } from '../token/create-token.mjs';
import { createWorld } from './world/create-world.mjs';
import { feedDay } from './feed-day.mjs';
import { generateShopDay } from './day/generate-shop-day.mjs';
import { openShop } from './orders/open-shop.mjs';
import { placeOrders } from './orders/place-orders.mjs';
import { planOrders } from './orders/plan-orders.mjs';
import { createApiClient } from './orders/ways/call-api.mjs';
import { curlLines } from './show/curl-lines.mjs';
import { showProgress } from './show/show-progress.mjs';
import { startApps } from './world/start-apps.mjs';
import { summarize } from './show/summarize.mjs';
import { verifyDemo } from './verify/verify-demo.mjs';
import { watchEvents } from './watch-events.mjs';

/**
 * The whole demo; resolves with the exit code: 0 when the day came through exactly as it should.
 */
export async function runDemo({ root, options, screen, signal }) {
  const scope = createScope();
  try {
    const stack = await prepare({ root, options, screen, scope });
    signal.throwIfAborted();
    const world = await createWorld({ root, stack, screen, scope });
    const secret = `${randomUUID()}${randomUUID()}`;
    const apps = await startApps({ root, world, stack, secret, screen, scope, signal });
    const day = generateShopDay(options);
    const plan = planOrders({ ...options, day });
    const products = [...day.products, ...plan.products];
    const events = await watchEvents({ world, products, scope });
    const shop = await openShop({ root, world, apps, secret, plan, events, scope, signal });
    await playDay({ world, day, plan, shop, events, options, screen, signal });
    const token = createToken({ secret, roles: ['admin'], subject: 'demo' });
    const curls = curlLines({ apps, token, day, plan });
    const callAsAdmin = createApiClient({ url: apps['inventory-api'].url, token });
    const result = await verifyDemo({ world, day, plan, shop, events, callAsAdmin, curls });
    screen.line(summarize({ day, shop, events, result }));
    if (options.keep) await keepRunning({ screen, apps, curls, signal });
    else screen.line('\nTo look around afterwards: npm run demo -- --keep');
    return result.isClean ? 0 : 1;
  } catch (error) {
    if (!signal.aborted) throw error;
    screen.endStatus();
    screen.line('Interrupted.');
    return 130;
  } finally {
    screen.step('stopping what was started');
    await scope.close();
  }
}

/** The updates of the tills and the orders from online, side by side, until nothing moves. */
async function playDay({ world, day, plan, shop, events, options, screen, signal }) {
  const { seconds } = options;
  screen.line();
  screen.line(introduction({ day, plan, seconds }));
  screen.line();
  const progress = showProgress({ screen, day, shop, events });
  try {
    const played = await Promise.allSettled([
      feedDay({ world, day, events, seconds, progress, signal }),
      placeOrders({ shop, plan, day, seconds, say: screen.line, signal }),
    ]);
    for (const { status, reason } of played) if (status === 'rejected') throw reason;
    await events.untilQuiet({ world, day, shop, signal });
  } finally {
    progress.end();
  }
}

async function prepare({ root, options, screen, scope }) {
  screen.step('looking for PostgreSQL, RabbitMQ and Redis, building the apps');
  const [started, built] = await Promise.allSettled([
    startStack({ root, log: screen.step }),
    options.build ? buildApps({ root, screen }) : null,
  ]);
  if (started.status === 'fulfilled') scope.add(() => started.value.stop());
  if (started.status === 'rejected') throw started.reason;
  if (built.status === 'rejected') throw built.reason;
  return started.value;
}

function introduction({ day, plan, seconds }) {
  const { products, messages } = day;
  return [
    `A day in a shop with ${products.length} products on its shelves, played in ${seconds} seconds:`,
    `${messages.length} messages of its tills go into the queue inventory.updates, most of them sales`,
    'and restocks; some arrive twice, late or broken.',
    `Beside it, ${plan.orders.length} orders for ${plan.products.length} products that are sold online: by message, REST and gRPC,`,
    'paid, declined, cancelled, sent back or forgotten until they expire.',
    'Below: some of what consumers of the exchange inventory.events receive.',
  ].join('\n');
}

async function keepRunning({ screen, apps, curls, signal }) {
  screen.line('\nStill running. Try, in another terminal:\n');
  screen.line(`TOKEN='${curls[0].token}'\n`);
  for (const { line } of curls) screen.line(`${line}\n`);
  const { url, grpcPort } = apps['inventory-api'];
  screen.line(`All of its paths: ${url}/api/v1/docs; gRPC: 127.0.0.1:${grpcPort}\n`);
  screen.line('Ctrl-C ends and cleans up.');
  if (signal.aborted) return;
  // A pending promise alone does not keep a process alive.
  const timer = setInterval(() => undefined, 60_000);
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  clearInterval(timer);
}
