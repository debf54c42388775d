import type { Answer } from './call';

export interface Problem {
  readonly code: string;
  readonly detail?: string;
  readonly errors?: readonly { field: string; message: string }[];
  readonly shortages?: readonly Record<string, unknown>[];
}

/** A problem document of this status and code, that tells nothing of the inside. */
export function expectProblem(answer: Answer, status: number, code: string): Problem {
  expect(answer.json).toMatchObject({ type: 'about:blank', status, code });
  expect(answer.status).toBe(status);
  expect(answer.headers['content-type']).toBe('application/problem+json');
  expect(answer.text).not.toMatch(/<html|<!doctype|<pre|node_modules|\.ts:|SELECT /i);
  return answer.json as Problem;
}
