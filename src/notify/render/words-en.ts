import type { Words } from './words.ts';

export const en: Words = {
  language: 'en',
  severity: { critical: 'critical', major: 'major', minor: 'minor' },
  drill: 'drill',
  recovered: 'recovered',
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
    'auth-rejected': 'token refused',
    'made-up-value': 'a generated value was refused',
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
    channel: 'message channel unusable',
    store: 'nothing can be stored',
    'no-data': 'no data',
  },
  labels: {
    cause: 'Cause',
    since: 'When',
    expected: 'Expected',
    found: 'Found',
    lastPass: 'Last good',
    documentChange: 'Document',
    affected: 'Affected',
    hint: 'Hint',
    reproduce: 'Reproduce',
  },
  flapping: 'coming and going',
  unattended: 'nobody takes care',
  colon: ': ',
  comma: ', ',
  paren: (text) => ` (${text})`,
  listComma: ', ',
  bracket: (label) => `[${label.toUpperCase()}] `,
  status: (verdict, still) => `${still ? 'still ' : ''}${verdict === 'fail' ? 'failing' : 'degraded'}`,
  operations: (failing, of, verdict, still) =>
    `${failing}/${of} operations ${still ? 'still ' : ''}${verdict === 'fail' ? 'failing' : 'degraded'}`,
  lasted: (duration) => `lasted ${duration}`,
  already: (duration) => `for ${duration}`,
  cycles: (count) => `${count} cycle${count === 1 ? '' : 's'}`,
  from: (start, end) => (end === '' ? `since ${start}` : `${start} to ${end}`),
  others: (names, count) => `${names} and others (${count})`,
  digest: (failing, recovered) =>
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
  now: (failing, of, open) => {
    if (failing > 0) return `${failing}/${of} operations failing now`;
    if (open === 0) return `all ${of} operations are fine now`;
    return `no operation failing now, ${open} other incident${open === 1 ? '' : 's'} not over`;
  },
  forwarded: (channel) => `in place of the broken channel ${channel}`,
  channel: (name) => `message channel ${name}`,
  store: 'the database of the patrol',
  folded: (messages, since) => `delayed: instead of ${messages} messages since ${since}`,
  held: (messages, since) =>
    `from the quiet hours: ${messages} message${messages === 1 ? '' : 's'} since ${since}`,
  ongoingLabel: (severity, kind) =>
    `${severity}, ${{ changed: 'changed', reminder: 'ongoing', escalation: 'escalated' }[kind]}`,
  more: (count) => `… and ${count} more`,
  recoveredFrom: 'Was',
  noLongerWatched: 'no longer in the document, no longer patrolled',
};
