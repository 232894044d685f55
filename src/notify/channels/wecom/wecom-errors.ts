import type { ErrorRules } from '../shared/error-rules.ts';

const minuteMs = 60_000;
const ourMistake = 'the message is not as WeCom wants it: please report it with this code';
const wrongKey =
  'the robot is gone or its key is wrong: add the robot to the group again and put its new webhook into the config';

/** Codes of WeCom's reference (path 90313) that a group robot can give; `errmsg` may change, so nobody reads it. */
export const robotErrors: ErrorRules = {
  [-1]: { action: 'retry', hint: 'WeCom is busy' },
  40001: { action: 'break', hint: wrongKey },
  40007: { action: 'reject', hint: 'the uploaded file is older than three days or belongs to another robot' },
  40008: { action: 'reject', hint: ourMistake },
  40009: { action: 'reject', hint: 'a picture may have 2 MB' },
  40033: { action: 'reject', hint: ourMistake },
  40035: { action: 'reject', hint: ourMistake },
  // This is what a too long markdown is answered with; 45002 is what the reference promises.
  40058: { action: 'shrink', hint: ourMistake },
  40063: { action: 'reject', hint: ourMistake },
  44001: { action: 'reject', hint: ourMistake },
  44004: { action: 'reject', hint: ourMistake },
  45001: { action: 'reject', hint: 'a file may have 20 MB' },
  45002: { action: 'shrink', hint: ourMistake },
  45007: { action: 'reject', hint: ourMistake },
  45008: { action: 'shrink', hint: ourMistake },
  // Blocked for as long as the window that was exceeded, which is a minute.
  45009: {
    action: 'retry',
    afterMs: minuteMs,
    hint: 'more than 20 messages a minute: does something else use this robot too?',
  },
  45033: {
    action: 'retry',
    afterMs: 1000,
    hint: 'too many calls at once: does something else use this robot too?',
  },
  47001: { action: 'reject', hint: ourMistake },
  93000: { action: 'break', hint: wrongKey },
  93004: {
    action: 'break',
    hint: 'the robot has been disabled: enable it in the group or by the administrator',
  },
  93008: { action: 'break', hint: wrongKey },
  301019: { action: 'reject', hint: ourMistake },
};

/** So long that the ban for a wrong secret does not begin anew with each try. */
const banMs = 15 * minuteMs;
const wrongSecret = 'corpId: or secret: is wrong; WeCom bans this address for an hour when that is repeated';

/** What a self-built app can get beyond that. */
export const appErrors: ErrorRules = {
  ...robotErrors,
  40001: { action: 'break', afterMs: banMs, hint: wrongSecret },
  40013: { action: 'break', afterMs: banMs, hint: wrongSecret },
  40091: { action: 'break', afterMs: banMs, hint: wrongSecret },
  40014: { action: 'retry', hint: 'the token is no longer good' },
  41001: { action: 'retry', hint: 'the token is missing' },
  42001: { action: 'retry', hint: 'the token has expired' },
  48002: {
    action: 'break',
    hint: 'the app may not do this: a group chat needs an app that the whole company can see',
  },
  60011: { action: 'break', hint: 'the app may not write to these people: widen its visible scope' },
  60020: {
    action: 'break',
    hint: 'add the address of this machine to the trusted IP list of the app (企业可信IP)',
  },
  81013: { action: 'break', hint: 'none of the recipients exists or is visible to the app' },
  86001: { action: 'break', hint: 'there is no such group chat of this app' },
  301002: { action: 'break', hint: 'agentId: belongs to another app than secret:' },
};

/** Codes after which a new token is fetched and the message sent once more. */
export const staleToken: ReadonlySet<string> = new Set(['40014', '41001', '42001']);
