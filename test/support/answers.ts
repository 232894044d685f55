import { LazyAnswer } from '../../src/check/answer/answer.ts';
import { EnvelopeMemory } from '../../src/check/envelope/memory.ts';
import { FindingDedupe, type JudgeContext } from '../../src/check/expectation.ts';
import { Habits } from '../../src/check/schema/habits.ts';
import { AlwaysThere } from '../../src/check/schema/always.ts';
import { SchemaJudge } from '../../src/check/schema/judge.ts';
import { Shapes } from '../../src/check/schema/shape.ts';
import { Effort } from '../../src/lib/effort.ts';

/** An answer as the transport would hand it over. */
export function makeAnswer(
  options: {
    readonly status?: number;
    readonly headers?: Readonly<Record<string, string>>;
    /** JSON unless it is a text or bytes. */
    readonly body?: unknown;
    readonly truncated?: boolean;
    /** A stream that was stopped. */
    readonly endless?: true;
    readonly totalMs?: number;
    readonly maxBytes?: number;
    /** When the certificate of the connection expires, epoch ms. */
    readonly expiresAt?: number;
    /** How long it is valid in all; default: a year. */
    readonly lifeMs?: number;
  } = {},
): LazyAnswer {
  const { status = 200, body = '', truncated = false, totalMs = 10, maxBytes = 1 << 20, expiresAt } = options;
  const { lifeMs = 365 * 86_400_000, endless } = options;
  const bytes = Buffer.isBuffer(body)
    ? body
    : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const headers = { 'Content-Type': 'application/json', ...options.headers };
  return new LazyAnswer(
    {
      ok: true,
      status,
      rawHeaders: Object.entries(headers)
        .flat()
        .map((text) => Buffer.from(text, 'latin1')),
      body: bytes,
      bytes: bytes.length,
      truncated: truncated || endless === true,
      endless,
      ...(expiresAt === undefined
        ? {}
        : {
            certificate: {
              subject: 'a.example',
              issuer: 'Test CA',
              startsAt: expiresAt - lifeMs,
              expiresAt,
              isOwn: true,
            },
          }),
      phases: { totalMs },
      sent: 1,
    },
    maxBytes,
  );
}

/**
 * What judging an answer needs, with nothing learnt yet.
 *
 * @param broken Checks of which people have been told that they break their schema.
 */
export function judgeContext({
  now = 0,
  broken,
}: {
  readonly now?: number;
  readonly broken?: ReadonlySet<string>;
} = {}): JudgeContext {
  const always = new AlwaysThere();
  return {
    schemas: new SchemaJudge(),
    shapes: new Shapes(),
    effort: new Effort(1e6),
    now: () => now,
    news: new FindingDedupe(),
    envelopes: new EnvelopeMemory(),
    habits: new Habits(broken, always),
    always,
  };
}
