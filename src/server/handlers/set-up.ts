import { mapTexts } from '../../model/sentence.ts';
import { groupBy } from '../../lib/group-by.ts';
import type { Redactor } from '../../lib/secrets/secret.ts';
import type { Check } from '../../model/check.ts';
import { type ServiceSetUp, type SetUpGroup, type SetUpItem, waitingIn } from '../../model/set-up.ts';
import { aroundOf, isWaiting, wantOf } from '../../plan/coverage/set-up.ts';
import type { DataOf } from '../api/endpoint.ts';
import type { serviceSetUp, setUpGroup, setUpItem } from '../api/set-up.ts';
import { type HandlerContext, type Handlers, requireServices } from '../context.ts';

type ServiceView = DataOf<typeof serviceSetUp>;
type GroupView = DataOf<typeof setUpGroup>;
type ItemView = DataOf<typeof setUpItem>;

export const setUpHandlers: Handlers<'getSetUp'> = {
  async getSetUp({ context, query: { service } }) {
    if (service !== undefined) requireServices([service], context);
    const setUps = await setUpsNow(context);
    const wanted = setUps.filter((one) => service === undefined || one.service === service);
    return { items: wanted.map((one) => serviceView(one, context.redactor)) };
  },
};

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
  return itemView(wantOf({ check, result }, aroundOf(last)).item, redactor);
}

function serviceView({ groups, counts, ...rest }: ServiceSetUp, redactor: Redactor): ServiceView {
  return {
    ...rest,
    counts: { ...counts, notCalled: definedOnly(counts.notCalled) },
    waiting: waitingIn(groups),
    groups: groups.map((group) => groupView(group, redactor)),
  };
}

function groupView({ items, why, ...rest }: SetUpGroup, redactor: Redactor): GroupView {
  return {
    ...rest,
    why: mapTexts(why, (text) => redactor.scrub(text)),
    items: items.map((item) => itemView(item, redactor)),
  };
}

function itemView({ why, said, lines, ...rest }: SetUpItem, redactor: Redactor): ItemView {
  return {
    ...rest,
    why: mapTexts(why, (text) => redactor.scrub(text)),
    ...(said === undefined ? {} : { said: redactor.scrub(said) }),
    lines: [...lines],
  };
}

function definedOnly(counts: Readonly<Record<string, number | undefined>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(counts).filter((entry): entry is [string, number] => entry[1] !== undefined),
  );
}
