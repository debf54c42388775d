import { connect } from 'node:net';
import type { Answer } from './answer';

const TIMEOUT_MS = 10_000;

/**
 * Sends bytes and says no more; resolves with all answers when the server has ended the connection,
 * with undefined when it doesn't.
 */
export function sendRaw(port: number, bytes: string | Buffer): Promise<Answer[] | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    let text = '';
    const timer = setTimeout(() => {
      resolve(undefined);
      socket.destroy();
    }, TIMEOUT_MS);
    socket.setEncoding('latin1').on('data', (chunk: string) => (text += chunk));
    socket.on('error', () => undefined); // its end follows
    socket.on('end', () => socket.end());
    socket.on('close', () => {
      clearTimeout(timer);
      resolve(parseAnswers(text));
    });
    socket.end(bytes);
  });
}

/** Enough for the answers of these APIs: those that are judged tell their length. */
export function parseAnswers(text: string): Answer[] {
  const parts = text.split(/(?=HTTP\/1\.1 [2-5]\d\d )/).filter((part) => part.startsWith('HTTP/'));
  return parts.map((part) => {
    const [head = '', ...rest] = part.split('\r\n\r\n');
    const [line = '', ...fields] = head.split('\r\n');
    const headers = Object.fromEntries(
      fields.map((field) => {
        const [name = '', ...value] = field.split(': ');
        return [name.toLowerCase(), value.join(': ')];
      }),
    );
    return { status: Number(line.split(' ')[1]), headers, text: rest.join('\r\n\r\n') };
  });
}
