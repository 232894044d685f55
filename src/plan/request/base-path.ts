import { sentence } from '../../messages/sentence.ts';
import { changingBase, plainPath } from '../../lib/wording/address.ts';
import { senseOfPath } from '../../lib/wording/path.ts';
import { isHarm } from '../../lib/wording/sense.ts';
import { fixedParts } from '../../lib/wording/words.ts';
import type { Operation } from '../../model/document.ts';
import type { ServiceSettings } from '../../model/settings.ts';
import type { Candidate } from '../candidate.ts';
import { allowLines } from '../config-snippets.ts';
import { isSafe } from '../harmless.ts';
import { type SkipNote, skip } from '../skip.ts';

/**
 * An address is judged whole: a server that a document names may end in what is done (`/orders/delete` before `/1`). What the
 * configuration itself gives of it is not judged.
 *
 * @param baseUrl Where the operation is answered, its path in front of the operation's own.
 */
export function refuseBase(candidate: Candidate, baseUrl: string): SkipNote | undefined {
  const { service, operation, rules } = candidate;
  if (rules.allow === true || !isSafe(operation)) return undefined;
  const base = documentedBase(service, baseUrl);
  const word = base === '' ? undefined : changingIn(base, candidate);
  if (word === undefined) return undefined;
  const reason = sentence('changesByBase', { word, base });
  return skip('side-effect', reason, allowLines(service.name, operation, reason));
}

function documentedBase({ baseUrl: configured, server }: ServiceSettings, baseUrl: string): string {
  const base = new URL(baseUrl).pathname.replace(/\/+$/, '');
  if (configured !== undefined) return base.slice(new URL(configured).pathname.replace(/\/+$/, '').length);
  return server !== undefined && server.replace(/\/+$/, '').endsWith(base) ? '' : base;
}

function changingIn(base: string, { operation, document }: Candidate): string | undefined {
  // `/de` before `lete/1`.
  const path = operation.path.startsWith('/') ? base : `${base}${operation.path}`;
  const certain = changingBase(path);
  if (certain !== undefined) return certain;
  const said = senseOfPath(plainPath(path), { hasWrites: false });
  if (!isHarm(said)) return undefined;
  const isService = fixedParts(operation.path).length > 0 && isShared(operation, document.operations);
  return isService ? undefined : said.word;
}

/** Most operations of the document stand behind it: so is it with a gateway, whose services may be named after what they do. */
function isShared({ servers }: Operation, all: readonly Operation[]): boolean {
  const counts = counted.get(all) ?? countServers(all);
  return 2 * (counts.get(servers[0]?.url) ?? 0) > all.length;
}

type Counts = ReadonlyMap<string | undefined, number>;

/** By the list of operations itself, which a document keeps as long as it lives. */
const counted = new WeakMap<readonly Operation[], Counts>();

function countServers(all: readonly Operation[]): Counts {
  const counts = new Map<string | undefined, number>();
  for (const { servers } of all) counts.set(servers[0]?.url, (counts.get(servers[0]?.url) ?? 0) + 1);
  counted.set(all, counts);
  return counts;
}
