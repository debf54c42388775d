import type { Response } from 'express';

/** For what is neither cached nor asked for conditionally, which `response.json` looks after too. */
export function answerJson(response: Response, status: number, body: unknown): void {
  answerJsonText(response, status, JSON.stringify(body));
}

/** The same for JSON that is written already. */
export function answerJsonText(response: Response, status: number, text: string): void {
  response.statusCode = status;
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Content-Length', Buffer.byteLength(text));
  response.end(text);
}
