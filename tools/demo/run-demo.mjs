import { randomUUID } from 'node:crypto';
import { startStack } from '../dev-stack/start-stack.mjs';
import { buildApps } from './world/build-apps.mjs';
import { createScope } from './world/create-scope.mjs';
import { createToken } from './world/create-token.mjs';
import { createWorld } from './world/create-world.mjs';
import { feedDay } from './feed-day.mjs';
import { generateShopDay } from './day/generate-shop-day.mjs';
import { curlLines } from './show/curl-lines.mjs';
import { showProgress } from './show/show-progress.mjs';
import { startApps } from './world/start-apps.mjs';
import { summarize } from './show/summarize.mjs';
import { verifyDay } from './verify-day.mjs';
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
    const events = await watchEvents({ world, day, scope });
    screen.line();
    screen.line(introduction(day, options));
    screen.line();
    const progress = showProgress({ screen, day, events });
    await feedDay({ world, day, events, seconds: options.seconds, progress, signal });
    await events.untilQuiet({ world, signal });
    progress.end();
    const token = createToken({ secret, roles: ['admin'] });
    const curls = curlLines({ apps, token, day });
    const result = await verifyDay({ world, day, events, curls });
    screen.line(summarize({ day, events, result }));
    if (options.keep) await keepRunning({ screen, curls, signal });
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

function introduction(day, { seconds }) {
  const { products, messages } = day;
  return [
    `A day in a shop with ${products.length} products, played in ${seconds} seconds:`,
    `${messages.length} messages go into the queue inventory.updates, most of them sales and restocks;`,
    'some arrive twice, late or broken.',
    'Below: what consumers of the exchange inventory.events receive (threshold crossings only).',
  ].join('\n');
}

async function keepRunning({ screen, curls, signal }) {
  screen.line('\nStill running. Try, in another terminal:\n');
  screen.line(`TOKEN='${curls[0].token}'\n`);
  for (const { line } of curls) screen.line(`${line}\n`);
  screen.line('Ctrl-C ends and cleans up.');
  if (signal.aborted) return;
  // A pending promise alone does not keep a process alive.
  const timer = setInterval(() => undefined, 60_000);
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  clearInterval(timer);
}
