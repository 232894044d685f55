import { sentence } from '../../messages/sentence.ts';
import type { Sentence } from '../../model/sentence.ts';
import { groupBy } from '../../lib/group-by.ts';
import type { Check, FilledValue } from '../../model/check.ts';
import { fedByOthers, madeUp } from './coverage.ts';
import { blank, operationLines, serviceLines } from '../config-snippets.ts';
import { pathOf } from '../capture/resource.ts';

/** Config lines that make uncertain checks certain. */
export interface Advice {
  readonly service: string;
  /** What it helps: `GET /orders/{orderId}`. */
  readonly operations: readonly string[];
  /** `orderId=1 is made up` */
  readonly reason: Sentence;
  readonly lines: string;
}

/** From this many operations on, a value that they share is given once for the service. */
const sharedFrom = 3;

/**
 * What to write into the config so that no value has to be made up, the most helpful first. Checks that other
 * answers supply with values need nothing.
 */
export function advise(checks: readonly Check[]): readonly Advice[] {
  const fed = fedByOthers(checks);
  const needy = checks.filter((check) => madeUp(check).length > 0 && !fed(check));
  const byService = [...groupBy(needy, ({ service }) => service).values()];
  return byService
    .flatMap((own) => adviseService(own))
    .toSorted((a, b) => b.operations.length - a.operations.length);
}

function adviseService(checks: readonly Check[]): readonly Advice[] {
  const uses = checks.flatMap((check) => madeUp(check).map((value) => ({ check, value })));
  const byName = groupBy(uses, ({ value }) => `${value.in} ${value.name}`);
  // `id` means something else in each path; a tenant or a language is the same everywhere.
  const shared = [...byName.values()].filter(
    (all) =>
      all.length >= sharedFrom &&
      all[0]?.value.in !== 'path' &&
      all[0]?.value.in !== 'body' &&
      all[0]?.value.name !== 'id',
  );
  const isShared = new Set(shared.flatMap((all) => all.map(({ value }) => value)));
  const own = checks.flatMap((check) => {
    const values = madeUp(check).filter((value) => !isShared.has(value));
    return values.length === 0 ? [] : [adviseCheck(check, values)];
  });
  return [...shared.flatMap((all) => adviseShared(all)), ...own];
}

function adviseShared(
  uses: readonly { readonly check: Check; readonly value: FilledValue }[],
): readonly Advice[] {
  const [first] = uses;
  if (first === undefined) return [];
  const { service } = first.check;
  return [
    {
      service,
      operations: uses.map(({ check }) => check.operation),
      reason: sentence('isMadeUp', { n: 1, values: described(first.value) }),
      lines: serviceLines(service, { params: { [first.value.name]: blank } }),
    },
  ];
}

function adviseCheck(check: Check, values: readonly FilledValue[]): Advice {
  const params = values.filter((value) => !isWholeBody(value)).map(({ name }) => [name, blank]);
  const keys = {
    ...(params.length === 0 ? {} : { params: Object.fromEntries(params) as Record<string, string> }),
    ...(values.some((value) => isWholeBody(value)) ? { body: blank } : {}),
  };
  const names = values.map((value) => described(value));
  return {
    service: check.service,
    operations: [check.operation],
    reason: sentence('isMadeUp', { n: names.length, values: names }),
    lines: operationLines(
      check.service,
      { ...check, key: check.operation, path: pathOf(check.operation) },
      keys,
    ),
  };
}

/** Variables of a GraphQL query are given like parameters. */
function isWholeBody({ name, in: place }: FilledValue): boolean {
  return place === 'body' && name === 'body';
}

function described({ name, in: place, value }: FilledValue): Sentence {
  if (place === 'body' && name === 'body') return sentence('theBody');
  return `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`;
}
