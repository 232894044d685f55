import { inEnglish } from '../../messages/in-language.ts';
import type { Counts } from '../../model/members.ts';
import { personIn } from './person.ts';
import type { Words } from './words.ts';

export const en: Words = {
  language: 'en',
  say: inEnglish,
  severity: { critical: 'critical', major: 'major', minor: 'minor' },
  testMessage: 'test',
  recovered: 'recovered',
  budgetLasts: 'error budget no longer burns too fast',
  removed: 'removed',
  causes: {
    self: "the patrol's own network",
    origin: 'host seems down',
    gateway: 'gateway seems down',
    credential: 'credential unusable',
    document: 'document unusable',
    service: 'most of the service',
    operation: 'operation',
  },
  mismatch: 'answers differ from the document',
  emptied: 'answers without data',
  unsteady: 'an instance seems sick',
  untrusted: (isOfCertificate) => (isOfCertificate ? 'certificate not accepted' : 'no TLS connection'),
  reasons: {
    none: 'fine',
    dns: 'name not resolved',
    'connect-refused': 'connection refused',
    'connect-timeout': 'connection timed out',
    tls: 'TLS handshake failed',
    reset: 'connection reset',
    timeout: 'no answer in time',
    protocol: 'HTTP protocol error',
    status: 'unexpected status',
    'content-type': 'unexpected content type',
    body: 'unreadable body',
    schema: 'answer does not fit the document',
    assertion: 'assertion failed',
    latency: 'slow',
    flaky: 'flaky',
    'too-large': 'answer too large',
    credential: 'no token',
    'auth-rejected': 'sign-in refused',
    'made-up-value': 'a value that nobody has given was refused',
    interrupted: 'interrupted',
    'origin-down': 'host unreachable',
    self: 'the patrol itself',
    'refused-address': 'address not allowed',
    internal: 'internal error of the patrol',
    drift: 'differs from the document',
    certificate: 'certificate expiring or invalid',
    document: 'document cannot be read',
    budget: 'error budget burns too fast',
    slower: 'slower than usual',
    'no-route': 'no route to the host',
    'no-resolver': 'no name server answers',
    channel: 'message channel unusable',
    store: 'nothing can be stored',
    'no-data': 'no data',
    'never-passed': 'has not worked yet',
    'no-permission': 'permission missing',
    location: 'location',
  },
  labels: {
    cause: 'Cause',
    since: 'When',
    expected: 'Expected',
    found: 'Found',
    said: 'It says',
    lastPass: 'Last good',
    documentChange: 'Document',
    lastEdit: 'Doc edited',
    affected: 'Affected',
    nextTry: 'Next sign-in',
    hint: 'Hint',
    address: 'Document',
    reproduce: 'Reproduce',
    links: 'Links',
    times: 'Repeated',
    closes: 'Also over',
    relieved: 'Well again',
    note: 'Note',
  },
  trend: {
    title: 'Last 24 hours',
    p95: 'p95 response time',
    failures: 'failures an hour',
    nothing: 'no data yet',
  },
  actions: { open: 'details', ack: 'I take care', check: 'check now', silence: 'silence for 4 h' },
  flapping: 'coming and going',
  times: (count) => `${count} times within six hours`,
  overOnceWell: (time) => `told as over once it has been well for ${time}, and not again until then`,
  cameAndWent: (count) =>
    `came and went ${count} times within six hours; if it comes back briefly, that is in the status and on the page, and told here once it lasts`,
  unattended: 'nobody takes care',
  taken: 'Acknowledged',
  credential: (name) => `credential ${name}`,
  takenBy: (by) => `acknowledged by ${personIn(by) ?? 'somebody'}`,
  uncommitted: 'and changes since that are not committed',
  colon: ': ',
  comma: ', ',
  paren: (text) => ` (${text})`,
  listComma: ', ',
  bracket: (label) => `[${label.toUpperCase()}] `,
  status: (verdict, still) => `${still ? 'still ' : ''}${verdict === 'fail' ? 'failing' : 'degraded'}`,
  operations: (members, verdict, still) =>
    `${countOf(members)} operations ${still ? 'still ' : ''}${verdict === 'fail' ? 'failing' : 'degraded'}`,
  newConnections: (of, still) =>
    `new connections ${still ? 'still ' : ''}fail, ${of === 1 ? 'not yet its operation' : `none of its ${of} operations yet`}`,
  share: (members, what) => `${countOf(members)} operations ${what}`,
  lasted: (duration) => `lasted ${duration}`,
  paused: (duration) => `${duration} of it unobserved while the patrol was paused`,
  quiet: (duration) => `quiet for ${duration} since`,
  again: (start) => `again since ${start}`,
  already: (duration) => `for ${duration}`,
  clockSetBack: 'the clock was set back meanwhile',
  cycles: (count) => `${count} cycle${count === 1 ? '' : 's'}`,
  from: (start, end) => (end === '' ? `since ${start}` : `${start} to ${end}`),
  others: (names, count) => `${names} and others${count === undefined ? '' : ` (${count})`}`,
  summary: (failing, recovered) =>
    [failing > 0 ? `${failing} wrong` : '', recovered > 0 ? `${recovered} recovered` : '']
      .filter((part) => part !== '')
      .join(', '),
  news: ({ opened, changed, resolved, removed, reminded }) =>
    [
      opened > 0 ? `${opened} new` : '',
      changed > 0 ? `${changed} changed` : '',
      reminded > 0 ? `${reminded} still going on` : '',
      resolved > 0 ? `${resolved} recovered` : '',
      removed > 0 ? `${removed} removed` : '',
    ]
      .filter((part) => part !== '')
      .join(' · '),
  now: ({
    failing,
    checks,
    isLeast = false,
    silenced = 0,
    open = 0,
    slow = 0,
    slowOpen = 0,
    waiting = 0,
  }) => {
    const quiet =
      silenced === 0 ? '' : silenced < failing ? ` (${silenced} of them silenced)` : ' (silenced)';
    const slowToo = slow > 0 ? `, ${slow} slow` : '';
    if (failing > 0)
      return `${isLeast ? 'at least ' : ''}${failing}/${checks} operations failing now${quiet}${slowToo}`;
    const left = open - slowOpen;
    const others = left > 0 ? `, ${left} other incident${left === 1 ? '' : 's'} not over` : '';
    const toSetUp = waiting > 0 ? `, ${waiting} to set up` : '';
    if (slow > 0) return `${slow}/${checks} operations slow now, none failing${others}${toSetUp}`;
    return `none of ${checks} operation${checks === 1 ? '' : 's'} failing now${others}${toSetUp}`;
  },
  forwarded: (channel, refused) =>
    refused ? `channel ${channel} did not take this message` : `in place of the broken channel ${channel}`,
  channel: (name) => `message channel ${name}`,
  store: 'the database of the patrol',
  patrol: 'the patrol itself',
  clock: 'the system clock of the patrol',
  clockOf: (host) => `the clock of ${host}`,
  folded: (messages, since) => `delayed: instead of ${messages} messages since ${since}`,
  held: (messages, since) =>
    `from the quiet hours: ${messages} message${messages === 1 ? '' : 's'} since ${since}`,
  ongoingLabel: (severity, kind) =>
    `${severity}, ${{ changed: 'changed', reminder: 'ongoing', escalation: 'escalated' }[kind]}`,
  operationsFailing: 'operations failing',
  more: (count) => `… and ${count} more`,
  recoveredFrom: 'Was',
  noLongerWatched: 'no longer documented or configured, no longer patrolled',
  missingFile: (name) =>
    `The file ${name} that belongs to the message above could not be sent; see: apipatrol status`,
};

/** The least that it may be where not all have been heard of. */
function countOf({ count, of, heard = of }: Counts): string {
  return `${heard < of ? 'at least ' : ''}${count}/${of}`;
}
