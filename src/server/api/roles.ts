/** Who may do what: each role may do what the ones before it may. */
export const roles = ['viewer', 'operator', 'admin'] as const;
export type Role = (typeof roles)[number];

/** What an API token may be made for alone, with the least role that may do it. */
export const scopes = {
  read: 'viewer',
  'incidents:write': 'operator',
  'silences:write': 'operator',
  'checks:run': 'operator',
  'channels:write': 'operator',
  'credentials:write': 'operator',
  'config:read': 'operator',
  'config:write': 'admin',
  'audit:read': 'operator',
  'access:manage': 'admin',
} as const satisfies Readonly<Record<string, Role>>;

export type Scope = keyof typeof scopes;

export const scopeNames = Object.keys(scopes) as [Scope, ...Scope[]];
