import net from 'node:net';
import tls from 'node:tls';

/**
 * Sends `request` over a fresh connection and resolves with the bytes received once `isComplete`
 * says so.
 */
export function exchangeBytes({
  host,
  port,
  secure = false,
  request,
  isComplete,
  timeoutMs = 3000,
}) {
  return new Promise((resolve, reject) => {
    const target = { host, port: Number(port) };
    const socket = secure
      ? tls.connect({ ...target, servername: net.isIP(host) ? undefined : host })
      : net.connect(target);
    let received = Buffer.alloc(0);
    const finish = (error) => {
      socket.destroy();
      if (error) reject(error);
      else resolve(received);
    };
    socket.setTimeout(timeoutMs, () => finish(new Error(`no answer from ${host}:${port}`)));
    socket.once('error', (error) => finish(new Error(error.code ?? error.message)));
    socket.once('end', () => finish(new Error(`${host}:${port} closed the connection`)));
    socket.once(secure ? 'secureConnect' : 'connect', () => socket.write(request));
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      if (isComplete(received)) finish();
    });
  });
}
