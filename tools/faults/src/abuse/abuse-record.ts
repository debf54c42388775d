import type { AbuseFinding, AbuseVerdict } from './abuse-finding';
import type { Answer } from './http/answer';
import { judgeAnswer } from './http/judge-answer';

/** What a case has sent and seen. */
export interface AbuseRecord {
  /** By status, code, or what became of a connection. */
  readonly answers: ReadonlyMap<string, number>;
  readonly findings: readonly AbuseFinding[];
  /** Measurements, for the report. */
  readonly notes: readonly string[];
  note(text: string): void;
  sent(): number;
  count(outcome: string): void;
  find(verdict: AbuseVerdict, subject: string, detail: string): void;
  /** Counts an answer and judges it; an absent one is a finding unless `mayClose`. */
  judge(subject: string, answer: Answer | undefined, options?: JudgeOptions): void;
}

export interface JudgeOptions {
  readonly method?: string;
  /** A connection that is simply closed is answer enough. */
  readonly mayClose?: boolean;
  /** What it has to be; anything within the rules when left out. */
  readonly status?: number;
}

/** One fault is often found again and again. */
const MAX_FINDINGS = 50;

export function createAbuseRecord(): AbuseRecord {
  const answers = new Map<string, number>();
  const findings: AbuseFinding[] = [];
  const notes: string[] = [];
  const count = (outcome: string) => void answers.set(outcome, (answers.get(outcome) ?? 0) + 1);
  const find: AbuseRecord['find'] = (verdict, subject, detail) => {
    if (findings.length < MAX_FINDINGS) findings.push({ verdict, subject, detail });
  };
  return {
    answers,
    findings,
    notes,
    note: (text) => void notes.push(text),
    sent: () => [...answers.values()].reduce((sum, each) => sum + each, 0),
    count,
    find,
    judge(subject, answer, { method, mayClose = false, status } = {}) {
      count(answer === undefined ? 'closed' : String(answer.status));
      if (answer === undefined) {
        if (!mayClose) find('no answer', subject, 'the connection ended');
        return;
      }
      for (const { verdict, detail } of judgeAnswer(subject, answer, method)) {
        find(verdict, subject, detail);
      }
      if (status !== undefined && answer.status !== status) {
        const isLetIn = answer.status < 400 && (status === 401 || status === 403);
        const verdict = isLetIn ? 'let in' : 'wrong answer';
        const detail = `${answer.status} in place of ${status}: ${answer.text.slice(0, 200)}`;
        find(verdict, subject, detail);
      }
    },
  };
}
