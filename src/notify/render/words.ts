import type { Sentence } from '../../model/sentence.ts';
import type { CauseLevel } from '../../model/cause.ts';
import type { Counts } from '../../model/members.ts';
import type { Totals } from '../../model/message.ts';
import type { ReasonCode } from '../../model/result.ts';
import type { Language, Severity } from '../../model/settings.ts';
import type { LinkAction } from '../messages/links.ts';
import type { TrendTexts } from './picture/svg.ts';

/** Everything that a message says of itself, in one language. */
export interface Words {
  readonly language: Language;
  /** A sentence in this language. */
  readonly say: (told: Sentence) => string;
  readonly severity: Readonly<Record<Severity, string>>;
  readonly testMessage: string;
  readonly recovered: string;
  /** What ends when a budget no longer burns too fast. */
  readonly budgetLasts: string;
  readonly removed: string;
  readonly causes: Readonly<Record<CauseLevel, string>>;
  /** Of a document that can be read. */
  readonly mismatch: string;
  /** Calls succeed and carry no data. */
  readonly emptied: string;
  /** What some, asked again, answer well. */
  readonly unsteady: string;
  untrusted(isOfCertificate: boolean): string;
  readonly reasons: Readonly<Record<ReasonCode, string>>;
  readonly labels: {
    readonly cause: string;
    readonly since: string;
    readonly expected: string;
    readonly found: string;
    readonly said: string;
    readonly lastPass: string;
    readonly documentChange: string;
    readonly lastEdit: string;
    readonly affected: string;
    readonly nextTry: string;
    readonly hint: string;
    readonly address: string;
    readonly reproduce: string;
    readonly links: string;
    readonly times: string;
    readonly closes: string;
    readonly relieved: string;
    readonly note: string;
  };
  /** What stands on a picture of the last day. */
  readonly trend: TrendTexts;
  /** What links say. */
  readonly actions: Readonly<Record<'open' | LinkAction, string>>;
  readonly flapping: string;
  /** How often it has begun lately. */
  times(count: number): string;
  overOnceWell(time: string): string;
  /** The same when it is over, and what is told from then on. */
  cameAndWent(count: number): string;
  readonly unattended: string;
  /** Somebody looks after it. */
  readonly taken: string;
  /** @param by As in the audit: `zhangsan`, `cli:root`, `link:group`. */
  takenBy(by: string): string;
  /** One that is called like its service. */
  credential(name: string): string;
  /** Of a document, after who has committed it last. */
  readonly uncommitted: string;
  readonly colon: string;
  readonly comma: string;
  readonly listComma: string;
  paren(text: string): string;
  /** The parts of a headline. */
  bracket(label: string): string;
  status(verdict: 'fail' | 'degraded', still: boolean): string;
  operations(members: Counts, verdict: 'fail' | 'degraded', still: boolean): string;
  /** What goes over connections that are there is well, and nobody else gets one. */
  newConnections(of: number, still: boolean): string;
  /** The same in words of its own. */
  share(members: Counts, what: string): string;
  lasted(duration: string): string;
  /** So long of it the patrol itself did not look. */
  paused(duration: string): string;
  /** It has not failed for so long since. */
  quiet(duration: string): string;
  /** When it came back. */
  again(start: string): string;
  /** It goes on. */
  already(duration: string): string;
  cycles(count: number): string;
  /** In place of a duration that would be negative. */
  readonly clockSetBack: string;
  from(start: string, end: string): string;
  /** How many there are in all, if that is known. */
  others(names: string, count: number | undefined): string;
  summary(failing: number, recovered: number): string;
  news(counts: NewsCounts): string;
  /** `open`: incidents that have not ended. */
  now(totals: Totals): string;
  /** Behind a number of them. */
  readonly operationsFailing: string;
  more(count: number): string;
  folded(messages: number, since: string): string;
  held(messages: number, since: string): string;
  /** Of an incident that has been told before. */
  ongoingLabel(severity: string, kind: 'changed' | 'reminder' | 'escalation'): string;
  /** `refused`: the channel works, but does not take this message. */
  forwarded(channel: string, refused: boolean): string;
  channel(name: string): string;
  /** The patrol's own database. */
  readonly store: string;
  /** What it does wrong. */
  readonly patrol: string;
  /** The clock of its machine. */
  readonly clock: string;
  readonly clockOf: (host: string) => string;
  recoveredFrom: string;
  noLongerWatched: string;
  /** In place of a file that the server does not take. */
  missingFile(name: string): string;
}

export interface NewsCounts {
  readonly opened: number;
  readonly changed: number;
  readonly resolved: number;
  readonly removed: number;
  /** Told again because they go on. */
  readonly reminded: number;
}
