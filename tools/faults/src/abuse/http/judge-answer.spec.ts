import type { Answer } from './answer';
import { judgeAnswer } from './judge-answer';

function problem(status: number, more: object = {}, headers: Answer['headers'] = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
    text: JSON.stringify({ status, code: 'INVALID_REQUEST', ...more }),
  };
}

const verdictsOf = (answer: Answer, method?: string) =>
  judgeAnswer('test', answer, method).map(({ verdict }) => verdict);

describe('judgeAnswer', () => {
  it.each<[string, Answer]>([
    ['success', { status: 200, headers: {}, text: '{}' }],
    ['a page', { status: 200, headers: { 'content-type': 'text/html' }, text: '<!doctype html>' }],
    ['a problem', problem(400)],
    ['an absent server, with a time', problem(503, {}, { 'retry-after': '1' })],
    ['too many, with a time', problem(429, { code: 'RATE_LIMITED' }, { 'retry-after': '9' })],
    ['what was sent, told again', problem(400, { detail: 'x UNION y; DROP TABLE z' })],
  ])('acquits %s', (_name, answer) => expect(verdictsOf(answer)).toEqual([]));

  it('wants no body for HEAD', () => {
    expect(verdictsOf({ ...problem(404), text: '' }, 'HEAD')).toEqual([]);
    expect(verdictsOf(problem(404), 'HEAD')).toEqual(['unclear answer']);
  });

  it.each<[string, string, Answer]>([
    ['a fault', 'server fault', problem(500, { code: 'INTERNAL' })],
    ['an absent server without a time', 'server fault', problem(503)],
    ['too many without a time', 'server fault', problem(429)],
    ['another content type', 'unclear answer', problem(400, {}, { 'content-type': 'text/html' })],
    ['no JSON', 'unclear answer', { ...problem(400), text: 'Bad Request' }],
    ['an unknown code', 'unclear answer', problem(400, { code: 'OOPS' })],
    ['two statuses', 'unclear answer', problem(400, { status: 404 })],
    ['a stack', 'inside told', problem(400, { detail: 'Error\n    at f (/srv/main.js:1:2)' })],
    ['a path', 'inside told', problem(400, { detail: '/usr/lib/node' })],
    ['SQL', 'inside told', problem(400, { detail: 'SELECT id FROM stock_items' })],
    ['a constraint', 'inside told', problem(409, { detail: 'row violates check "x"' })],
    ['a cast', 'inside told', problem(400, { detail: 'invalid input syntax for type uuid' })],
  ])('convicts %s: %s', (_name, verdict, answer) => expect(verdictsOf(answer)).toContain(verdict));
});
