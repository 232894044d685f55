import type { Member } from '../../store/nodes.ts';

/** Three signs of life were left out: by then another one leads in its place. */
const silentMs = 10_000;

/** It has not been heard of, and nobody has stopped it. */
export function isSilent({ lagMs }: Pick<Member, 'lagMs'>): boolean {
  return lagMs > silentMs;
}

/** @param leading Id of the node that leads. */
export function memberState(one: Member, leading: string | undefined): 'leader' | 'follower' | 'silent' {
  if (isSilent(one)) return 'silent';
  return one.id === leading ? 'leader' : 'follower';
}

/**
 * A clock that is off by more is told. NTP keeps clocks within milliseconds, and the slowest answer of a database that is waited
 * for makes two seconds of doubt (`store/postgres/members.ts`); minutes, which would be too late, spoil signatures of requests,
 * one-time codes, and the order of what was told.
 */
export const clockMostMs = 5000;

export function isClockOff({ aheadMs }: Pick<Member, 'aheadMs'>): boolean {
  return Math.abs(aheadMs) > clockMostMs;
}
