import { groupBy } from '../../lib/group-by.ts';
import { inEnglish } from '../../messages/in-language.ts';
import type { Check } from '../../model/check.ts';
import {
  mapGroup,
  mapItem,
  mapUnread,
  type ServiceSetUp,
  type SetUpItem,
  waitingIn,
} from '../../model/set-up.ts';
import { aroundOf, isWaiting, wantOf } from '../../plan/coverage/set-up.ts';
import type { DataOf } from '../api/endpoint.ts';
import type { serviceSetUp, setUpItem } from '../api/set-up.ts';
import { type Caller, may } from '../caller.ts';
import { type HandlerContext, type Handlers, requireServices } from '../context.ts';

type ServiceView = DataOf<typeof serviceSetUp>;
type ItemView = DataOf<typeof setUpItem>;

export const setUpHandlers: Handlers<'getSetUp'> = {
  async getSetUp({ context, caller, query: { service } }) {
    if (service !== undefined) requireServices([service], context);
    const setUps = await setUpsNow(context);
    const wanted = setUps.filter((one) => service === undefined || one.service === service);
    return {
      items: wanted.map((one) => serviceView(one, context)),
      unset: mayWrite(caller) ? unsetIn(wanted, context) : [],
    };
  },
};

/** Whoever sees some services only cannot change what all have in common. */
function mayWrite(caller: Caller): boolean {
  return may(caller, 'admin') && caller.services === undefined;
}

/** Variables that the lines refer to and that are not there; nothing where the configuration is not written by the page. */
function unsetIn(setUps: readonly ServiceSetUp[], { patrol }: HandlerContext): string[] {
  const groups = setUps.flatMap((one) => one.groups);
  const lines = groups.flatMap((one) => [
    ...(one.lines === undefined ? [] : [one.lines]),
    ...one.items.flatMap((item) => item.lines),
  ]);
  const text = [...new Set(lines.map(inEnglish))].join('\n');
  return [...(patrol.edits?.unsetIn(text) ?? [])];
}

/** Of the services that are patrolled, in their order. */
export async function setUpsNow({ patrol }: HandlerContext): Promise<readonly ServiceSetUp[]> {
  const kept = groupBy(await patrol.store.setUps(), ({ service }) => service);
  return patrol.config.settings.services.flatMap(({ name }) => kept.get(name) ?? []);
}

/** What one operation waits for; absent: nothing, or it is not called. */
export function setUpOf({ board, redactor }: HandlerContext, check: Check): ItemView | undefined {
  const result = board.lastResult(check.id);
  if (result === undefined || !isWaiting(result)) return undefined;
  const last = (board.services.get(check.service)?.checks ?? []).flatMap((one) => {
    const found = board.lastResult(one.id);
    return found === undefined ? [] : [{ check: one, result: found }];
  });
  return itemView(mapItem(wantOf({ check, result }, aroundOf(last)).item, (text) => redactor.scrub(text)));
}

function serviceView(
  { groups, counts, unread = [], ...rest }: ServiceSetUp,
  { patrol, board, redactor }: HandlerContext,
): ServiceView {
  const settings = patrol.config.settings.services.find(({ name }) => name === rest.service);
  return {
    ...rest,
    intervalMs: settings?.intervalMs ?? 0,
    judgedFrom: board.lastRound([rest.service])?.startedAt,
    counts: { ...counts, notCalled: definedOnly(counts.notCalled) },
    waiting: waitingIn(groups),
    unread: unread.map((one) => {
      const { uri, message, hint } = mapUnread(one, (text) => redactor.scrub(text));
      return { uri, why: message, hint };
    }),
    groups: groups.map((group) => {
      const { items, ...shown } = mapGroup(group, (text) => redactor.scrub(text));
      return { ...shown, items: items.map(itemView) };
    }),
  };
}

function itemView({ lines, ...rest }: SetUpItem): ItemView {
  return { ...rest, lines: [...lines] };
}

function definedOnly(counts: Readonly<Record<string, number | undefined>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(counts).filter((entry): entry is [string, number] => entry[1] !== undefined),
  );
}
