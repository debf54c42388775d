import { exchangeBytes } from './exchange-bytes.mjs';

const AMQP_HEADER = Buffer.from([...Buffer.from('AMQP'), 0, 0, 9, 1]);
const METHOD_FRAME = 1;

/**
 * The broker answers the AMQP header with a frame, and its management API knows the user as an
 * administrator.
 */
export async function probeRabbitmq({ amqpUrl, managementUrl }) {
  const url = new URL(amqpUrl);
  const secure = url.protocol === 'amqps:';
  const answer = await exchangeBytes({
    host: url.hostname,
    port: url.port || (secure ? 5671 : 5672),
    secure,
    request: AMQP_HEADER,
    isComplete: (received) => received.length >= 7,
  });
  if (answer[0] !== METHOD_FRAME) throw new Error(`${url.host} does not speak AMQP 0-9-1`);
  const user = await getJson(managementUrl, '/api/whoami');
  // Each run makes a virtual host of its own, which takes an administrator.
  if (!String(user.tags).includes('administrator')) {
    throw new Error(`the user of ${new URL(managementUrl).host} is no administrator`);
  }
}

/** Where the management API of a broker is by default, with the broker's own credentials. */
export function defaultManagementUrl(amqpUrl) {
  const url = new URL(amqpUrl);
  return `http://${url.username || 'guest'}:${url.password || 'guest'}@${url.hostname}:15672`;
}

async function getJson(managementUrl, path) {
  const url = new URL(managementUrl);
  const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  let response;
  try {
    response = await fetch(`${url.origin}${path}`, {
      headers: { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
      signal: AbortSignal.timeout(3000),
    });
  } catch (error) {
    const reason = error.cause?.code ?? error.message;
    throw new Error(`management API at ${url.host}: ${reason}`, { cause: error });
  }
  if (!response.ok) throw new Error(`management API at ${url.host} answered ${response.status}`);
  return response.json();
}
