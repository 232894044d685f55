import { sentence } from '../../messages/sentence.ts';
import { keyOf, type Sentence } from '../../model/sentence.ts';
import { groupBy } from '../../lib/group-by.ts';
import type { Skipped, SkipCode } from '../../model/check.ts';
import type { Result } from '../../model/result.ts';
import type { ServiceSetUp, SetUpCounts, SetUpGroup, SetUpKind } from '../../model/set-up.ts';
import { blank, serviceLines } from '../config-snippets.ts';
import type { LastResult } from './last-result.ts';
import { whyAllLost } from './lost.ts';
import { type Around, aroundOf, isWaiting, sendLines, takenBy, type Want, wantOf } from './set-up.ts';

/** What is known of the operations of one or several services. */
export interface Standing {
  /** What each check came to last. */
  readonly last: readonly LastResult[];
  readonly skipped: readonly Skipped[];
}

/** What has to be set up before all operations prove something: by service, what is worth most first. Pure. */
export function setUpGroups({ last, skipped }: Standing): readonly SetUpGroup[] {
  const called = groupBy(last, ({ check }) => check.service);
  const left = groupBy(skipped, ({ service }) => service);
  const services = [...new Set([...called.keys(), ...left.keys()])];
  return services.flatMap((service) => groupsOf(service, called.get(service) ?? [], left.get(service) ?? []));
}

/** The same of one service, with how its operations stand. */
export function serviceSetUp(
  service: string,
  since: number,
  standing: Standing,
): Omit<ServiceSetUp, 'unread'> {
  return { service, since, counts: countsOf(standing), groups: setUpGroups(standing) };
}

function groupsOf(
  service: string,
  last: readonly LastResult[],
  skipped: readonly Skipped[],
): readonly SetUpGroup[] {
  const around = aroundOf(last);
  const wants = [
    ...last.filter(({ result }) => isWaiting(result)).map((one) => wantOf(one, around)),
    ...skipped.flatMap(wantOfSkipped),
  ];
  const { shared, alone } = byName(service, wants);
  const others = [...groupBy(alone, ({ cause }) => cause).values()].flatMap((own) => {
    const [first] = own;
    return first === undefined ? [] : [groupOf(service, first, own, around)];
  });
  return [...shared, ...others].toSorted(worth);
}

/** From this many operations on, a value that they share is given once for the service. */
const sharedFrom = 3;

/** Operations that wait for a value of one name, the most first; each is told once. */
function byName(service: string, wants: readonly Want[]) {
  const left = new Set(wants);
  const named = groupBy(
    wants.flatMap((want) => want.names.map((name) => ({ name, want }))),
    ({ name }) => name,
  );
  const shared: SetUpGroup[] = [];
  for (const [key, uses] of [...named].toSorted(([, a], [, b]) => b.length - a.length)) {
    const own = uses.map(({ want }) => want).filter((want) => left.has(want));
    if (own.length < sharedFrom) continue;
    for (const want of own) left.delete(want);
    const names = [key, ...named.keys()].filter((one) => own.every((want) => want.names.includes(one)));
    const needed = [...new Set(names.map((one) => one.split(' ')[1] ?? ''))];
    shared.push(
      made(service, 'value', own, {
        why: sentence('allNeed', { n: own.length, names: needed }),
        lines: serviceLines(service, { params: Object.fromEntries(needed.map((name) => [name, blank])) }),
      }),
    );
  }
  return { shared, alone: [...left] };
}

function groupOf(service: string, first: Want, wants: readonly Want[], around: Around): SetUpGroup {
  const { answer = '' } = first;
  const { kind, called, why, lines } = first.item;
  const common = first.cause === 'unsure' ? unsureLines(service, wants) : commonLines(wants);
  const count = wants.length;
  if (count === 1) return made(service, kind, wants, { why, lines: lines[0] });
  if (!called) return made(service, kind, wants, { why: notCalled(kind, count, why, common), lines: common });
  switch (kind) {
    case 'address':
      return made(service, kind, wants, {
        why: around.lost === undefined ? why : whyAllLost(around.lost, count),
        lines: common,
      });
    case 'permission':
      return made(service, kind, wants, permission(service, count, first, around));
    case 'document':
      return made(service, kind, wants, {
        why: sentence('allNeverAsDocumented', { n: count }),
      });
    case 'unreachable':
      return made(service, kind, wants, { why: sentence('allWithoutAnswer', { n: count }) });
    case 'broken':
      return made(service, kind, wants, {
        why: sentence('allAnswerSinceFirst', { n: count, answer }),
      });
    default:
      return made(service, kind, wants, { why: sentence('allRefuse', { n: count, answer }) });
  }
}

function permission(service: string, count: number, first: Want, around: Around): Said {
  const { credential, otherHeader, signIn } = first;
  if (credential === undefined) {
    const own = serviceLines(service, { credential: signIn?.credential ?? blank });
    return {
      why: sentence('allAskForSignIn', { n: count }),
      lines: signIn === undefined ? own : `${signIn.lines}\n${own}`,
    };
  }
  if (otherHeader !== undefined) {
    const why = sentence('allHaveTokenElsewhere', { n: count, credential, header: otherHeader });
    return { why, lines: sendLines(credential, otherHeader) };
  }
  return { why: sentence('allRefuseToken', { n: count, credential, others: takenBy(credential, around) }) };
}

function notCalled(kind: SetUpKind, count: number, why: Sentence, common: Sentence | undefined): Sentence {
  if (kind === 'left-out') return sentence('allLeftOut', { n: count });
  if (kind !== 'allow') return sentence('allNotCalled', { n: count, why });
  return common === undefined ? sentence('allReadByName', { n: count }) : sentence('allUnsure', { n: count });
}

/** Of several that are unsure, each by its name: a pattern would allow others, and those that are yet to come. */
function unsureLines(service: string, wants: readonly Want[]): string {
  const named = wants
    .map(({ item }) => item.operation)
    .toSorted((a, b) => (a < b ? -1 : 1))
    .slice(0, listedMax);
  return serviceLines(service, { operations: named.map((match) => ({ match, allow: 'unsure' })) });
}

function commonLines(wants: readonly Want[]): Sentence | undefined {
  const lines = new Map(
    wants.map(
      ({
        item: {
          lines: [first],
        },
      }) => [keyOf(first ?? ''), first],
    ),
  );
  return lines.size === 1 ? [...lines.values()][0] : undefined;
}

interface Said {
  readonly why: Sentence;
  readonly lines?: Sentence;
}

/** More would not be read one by one; the group says how many there are. */
const listedMax = 100;

function made(service: string, kind: SetUpKind, wants: readonly Want[], { why, lines }: Said): SetUpGroup {
  const items = wants
    .map(({ item }) => item)
    .toSorted((a, b) => (a.operation < b.operation ? -1 : 1))
    .slice(0, listedMax);
  return { service, kind, why, count: wants.length, items, lines };
}

const ranks: Readonly<Record<SetUpKind, number>> = {
  value: 0,
  parameter: 0,
  address: 0,
  permission: 1,
  allow: 2,
  document: 3,
  refused: 4,
  broken: 5,
  unreachable: 6,
  'left-out': 7,
};

/** One line that helps many comes first, what nobody has to do last. */
function worth(a: SetUpGroup, b: SetUpGroup): number {
  const helped = ({ kind, lines, count }: SetUpGroup): number =>
    kind === 'left-out' ? -1 : lines === undefined ? 1 : count;
  return helped(b) - helped(a) || ranks[a.kind] - ranks[b.kind] || b.count - a.count;
}

/** What a reason why something is not called asks for; absent: nothing, it is as it should be. */
const wanted: Readonly<Partial<Record<SkipCode, SetUpKind>>> = {
  'no-value': 'value',
  'no-credential': 'permission',
  'no-base-url': 'address',
  'foreign-host': 'address',
  unsure: 'allow',
  'reads-by-name': 'allow',
  'side-effect': 'left-out',
  session: 'left-out',
  download: 'left-out',
};

function wantOfSkipped(skipped: Skipped): readonly Want[] {
  const kind = wanted[skipped.code];
  if (kind === undefined) return [];
  const { id: checkId, service, operation, reason, hint, needs } = skipped;
  const lines = hint === undefined ? [] : [hint];
  return [
    {
      item: { checkId, service, operation, kind, called: false, why: reason, lines },
      cause: kind === 'left-out' ? kind : kind === 'allow' ? skipped.code : keyOf(reason),
      names: needs === undefined ? [] : [needs],
    },
  ];
}

function countsOf({ last, skipped }: Standing): SetUpCounts {
  const around = aroundOf(last);
  const kinds = new Map<SetUpKind | 'pass' | 'failing', number>();
  for (const one of last) {
    const kind = isWaiting(one.result) ? wantOf(one, around).item.kind : stateOf(one.result);
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  const of = (...names: readonly (SetUpKind | 'pass' | 'failing')[]): number =>
    names.reduce((sum, name) => sum + (kinds.get(name) ?? 0), 0);
  const notCalled: Partial<Record<SkipCode, number>> = {};
  for (const { code } of skipped) notCalled[code] = (notCalled[code] ?? 0) + 1;
  return {
    called: last.length,
    pass: of('pass'),
    failing: of('failing'),
    differ: of('document'),
    value: of('value', 'parameter'),
    permission: of('permission'),
    refused: of('refused', 'broken', 'unreachable', 'address'),
    notCalled,
  };
}

/** What has worked, and for which there is no value just now, is taken for what it was. */
function stateOf({ verdict, unproven }: Result): 'pass' | 'failing' {
  return verdict === 'pass' || verdict === 'degraded' || unproven?.hasWorked === true ? 'pass' : 'failing';
}
