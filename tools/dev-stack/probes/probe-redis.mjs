import { exchangeBytes } from './exchange-bytes.mjs';

/** The server lets the configured user in and answers PING. */
export async function probeRedis(redisUrl) {
  const url = new URL(redisUrl);
  const user = decodeURIComponent(url.username);
  const password = decodeURIComponent(url.password);
  const commands = [['PING']];
  if (password) commands.unshift(user ? ['AUTH', user, password] : ['AUTH', password]);
  const answer = await exchangeBytes({
    host: url.hostname,
    port: url.port || 6379,
    secure: url.protocol === 'rediss:',
    request: commands.map(encodeCommand).join(''),
    isComplete: (received) => received.toString().split('\r\n').length > commands.length,
  });
  const lines = answer.toString().split('\r\n');
  const refusal = lines.find((line) => line.startsWith('-'));
  if (refusal) throw new Error(refusal.slice(1));
  if (!lines.includes('+PONG')) throw new Error(`${url.host} does not speak the Redis protocol`);
}

function encodeCommand(words) {
  const parts = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`);
  return `*${words.length}\r\n${parts.join('')}`;
}
