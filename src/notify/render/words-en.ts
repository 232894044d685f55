import type { Words } from './words.ts';

export const en: Words = {
  language: 'en',
  severity: { critical: 'critical', major: 'major', minor: 'minor' },
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
  },
  labels: {
    cause: 'Cause',
    since: 'When',
    expected: 'Expected',
    found: 'Found',
    affected: 'Affected',
    reproduce: 'Reproduce',
  },
  colon: ': ',
  comma: ', ',
  paren: (text) => ` (${text})`,
  listComma: ', ',
  bracket: (label) => `[${label.toUpperCase()}] `,
  status: (verdict, still) => `${still ? 'still ' : ''}${verdict === 'fail' ? 'failing' : 'degraded'}`,
  operations: (failing, of, verdict) =>
    `${failing}/${of} operations ${verdict === 'fail' ? 'failing' : 'degraded'}`,
  lasted: (duration) => `lasted ${duration}`,
  ongoing: (duration, cycles) => `for ${duration}, ${cycles} cycle${cycles === 1 ? '' : 's'}`,
  from: (start, end) => (end === '' ? `since ${start}` : `${start} to ${end}`),
  others: (names, count) => `${names} and others (${count})`,
  digest: (failing, recovered) =>
    [failing > 0 ? `${failing} wrong` : '', recovered > 0 ? `${recovered} recovered` : '']
      .filter((part) => part !== '')
      .join(', '),
  news: ({ opened, changed, resolved, removed }) =>
    [
      opened > 0 ? `${opened} new` : '',
      changed > 0 ? `${changed} changed` : '',
      resolved > 0 ? `${resolved} recovered` : '',
      removed > 0 ? `${removed} removed` : '',
    ]
      .filter((part) => part !== '')
      .join(' · '),
  now: (failing, of) =>
    failing === 0 ? `all ${of} operations are fine now` : `${failing}/${of} operations failing now`,
  more: (count) => `… and ${count} more`,
  recoveredFrom: 'Was',
  noLongerWatched: 'no longer in the document, no longer patrolled',
};
