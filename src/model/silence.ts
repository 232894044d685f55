import type { CauseLevel } from './cause.ts';

/** Which incidents a silence or a window is about: all that is given must fit, and something must be given. */
export interface IncidentMatcher {
  /** Short id: `A7F3`. */
  readonly incident?: string;
  readonly services?: readonly string[];
  readonly tags?: readonly string[];
  readonly levels?: readonly CauseLevel[];
  /** What it is about, `*` for anything: `GET /orders*`, `https://orders.example`. */
  readonly subject?: string;
}

/** Somebody does not want to hear of something until a given time. Times are epoch ms. */
export interface Silence {
  readonly id: number;
  readonly matcher: IncidentMatcher;
  readonly from: number;
  readonly until: number;
  readonly by: string;
  readonly reason: string;
  readonly createdAt: number;
}

/** A time that comes again, in which nothing is told: evaluation goes on. */
export interface MaintenanceWindow {
  readonly name: string;
  /** Cron expression of its beginnings: `0 2 * * 6`. */
  readonly cron: string;
  readonly durationMs: number;
  /** IANA name; the beginnings are by its wall clock. */
  readonly timeZone: string;
  readonly matcher: IncidentMatcher;
  /** `YYYY-MM-DD` by that wall clock, or kinds of days: the window does not begin on these. */
  readonly exceptOn?: readonly string[];
  /** The same: it begins on these only. */
  readonly onlyOn?: readonly string[];
}

/** Somebody looks after an incident: no reminders until then. */
export interface Acknowledgement {
  readonly by: string;
  readonly at: number;
  readonly until: number;
  readonly note?: string;
}

/** Who did what to what, and when. */
export interface AuditEntry {
  readonly at: number;
  /** `cli:root`, `page:zhangsan`, `link:ops` … */
  readonly by: string;
  readonly action:
    | 'silence'
    | 'end-silence'
    | 'acknowledge'
    | 'unacknowledge'
    | 'comment'
    | 'post-status'
    | 'change-status'
    | 'remove-status'
    | 'check'
    | 'run-cycle'
    | 'test-channel'
    | 'resend'
    | 'forget-tokens'
    | 'retry-sign-in'
    | 'reload'
    | 'configure'
    | 'sign-in'
    | 'sign-in-refused'
    | 'sign-out'
    | 'add-user'
    | 'change-user'
    | 'remove-user'
    | 'add-token'
    | 'remove-token'
    | 'add-worker-token'
    | 'remove-worker-token'
    | 'remove-worker';
  /** `incident A7F3`, `silence 12`, `user zhangsan`, `status post 3` */
  readonly subject: string;
  readonly note?: string;
}
