import { inEnglish } from '../../messages/in-language.ts';
import { scriptsSentence } from '../../messages/network.ts';
import { isIP } from 'node:net';
import { z } from 'zod';
import { readAlike, scriptsMixed } from '../../lib/text/names.ts';
import { httpUrl, secretText } from '../../lib/zod.ts';
import type { Secret } from '../../lib/secrets/secret.ts';

/** The section `server`. */

const role = z.enum(['viewer', 'operator', 'admin']);
const headerName = z.string().regex(/^[A-Za-z0-9-]+$/, { error: 'is not the name of a header' });

const network = z
  .string()
  .refine(isNetwork, { error: 'is not an address or network; write for example 10.0.0.0/8' });

const passwordHash = secretText.refine((secret: Secret) => secret.reveal().startsWith('scrypt$'), {
  error: 'is not a hash; `apipatrol user hash` makes one',
});

const user = z.object({
  name: z
    .string()
    .min(1)
    .refine((name) => !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|^\p{Z}|\p{Z}$/u.test(name), {
      error: 'has characters in it that cannot be seen, or blanks around it',
    })
    .refine((name) => scriptsMixed(name) === undefined, {
      error: ({ input }) =>
        `mixes ${inEnglish(scriptsSentence(scriptsMixed(String(input)) ?? []))}, which look alike`,
    })
    .describe('User name.'),
  password: passwordHash.describe('Hash of the password, from `apipatrol user hash`.'),
  role: role.describe(
    '`viewer` looks, `operator` also acknowledges, silences and calls, `admin` does everything.',
  ),
  services: z.array(z.string()).min(1).optional().describe('Limit the role to these services. Default: all.'),
});

const groups = z
  .object({
    viewer: z.array(z.string()).optional().describe('Groups whose members are viewers.'),
    operator: z.array(z.string()).optional().describe('Groups whose members are operators.'),
    admin: z.array(z.string()).optional().describe('Groups whose members are admins.'),
  })
  .describe('Which groups have which role.');

const oidc = z.object({
  issuer: httpUrl.describe('Address of the provider, without `/.well-known/…`.'),
  clientId: z
    .string()
    .min(1)
    .describe('As registered there; the redirect address is `<server.url>/auth/oidc/callback`.'),
  clientSecret: secretText.optional().describe('For confidential clients.'),
  scopes: z.array(z.string()).prefault(['openid', 'profile', 'email']).describe('Requested scopes.'),
  nameClaim: z
    .string()
    .prefault('preferred_username')
    .describe('Claim that names the user; `email` or `sub` in its absence.'),
  groupsClaim: z.string().prefault('groups').describe('Claim that lists the groups of the user.'),
  roles: groups.optional(),
  role: role.optional().describe('Role of users without a matching group. Default: no access.'),
});

const proxy = z.object({
  header: headerName.prefault('X-Forwarded-User').describe('Header in which the proxy names the user.'),
  groupsHeader: headerName.optional().describe('Header in which it lists the groups, separated by commas.'),
  from: z.array(network).min(1).describe('Addresses and networks of the proxy; nobody else is trusted.'),
  roles: groups.optional(),
  role: role.optional().describe('Role of users without a matching group. Default: no access.'),
});

const signIn = z.object({
  users: z
    .array(user)
    .superRefine((users, context) => {
      const seen = new Map<string, string>();
      for (const [index, { name }] of users.entries()) {
        const twin = seen.get(readAlike(name));
        if (twin !== undefined)
          context.addIssue({
            code: 'custom',
            path: [index, 'name'],
            message: `reads the same as the user "${twin}"; give each a name of its own`,
          });
        seen.set(readAlike(name), name);
      }
    })
    .optional()
    .describe('Local users; more can be added with `apipatrol user add` or on the page.'),
  oidc: oidc.optional().describe('Sign in with an OpenID Connect provider.'),
  proxy: proxy.optional().describe('Trust a reverse proxy that has already authenticated the user.'),
});

export const serverKeys = {
  host: z
    .string()
    .min(1)
    .prefault('127.0.0.1')
    .describe('Address to listen on; anything but loopback needs `signIn`.'),
  port: z.int().min(0).max(65_535).prefault(8420).describe('Port to listen on; 0 picks a free one.'),
  url: httpUrl.optional().describe('Public URL, for links and sign-in: `https://patrol.example`.'),
  proxies: z
    .array(network)
    .optional()
    .describe(
      'Addresses and networks of the proxies in front, which say in `X-Forwarded-For` who asks: limits on sign-ins and the audit go by it. Default: none is believed, and whoever comes through one has its address.',
    ),
  metrics: z
    .enum(['signed-in', 'public'])
    .prefault('signed-in')
    .describe(
      'Whether `/metrics`, which names services, channels and credentials, takes an API token (where there is a sign-in), or is for whoever can reach it.',
    ),
  statusPage: z
    .object({
      title: z.string().min(1).optional().describe('Heading. Default: API Patrol.'),
      about: z.string().min(1).optional().describe('A sentence below the heading: whom to ask, for example.'),
      services: z.array(z.string()).min(1).optional().describe('Services that are shown. Default: all.'),
      names: z
        .record(z.string(), z.string().min(1))
        .optional()
        .describe('What services are called there, by their names here. Default: the same.'),
      webhooks: z
        .array(httpUrl)
        .optional()
        .describe(
          'Addresses that get a POST with what the page shows whenever an incident, maintenance or a text on it changes.',
        ),
    })
    .optional()
    .describe(
      'A page at `/status` (embedded: `/status/embed`, feeds: `/status.atom`, `/status.rss`) and badges at `/badges/<service>.svg` that whoever reaches the server may see. Default: none.',
    ),
  signIn: signIn.optional().describe('Authentication. Default: none, for this machine only.'),
};

function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 6 ? 128 : 32));
}
