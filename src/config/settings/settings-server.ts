import type { ServerSettings, SignInSettings } from '../../model/server-settings.ts';
import { defined } from '../defined.ts';
import type { Written } from '../schema/schema.ts';

export function serverSettings({
  host,
  port,
  metrics,
  url,
  proxies,
  statusPage,
  signIn,
}: Written['server']): ServerSettings {
  return defined({
    host,
    port,
    metrics,
    url: url?.replace(/\/+$/, ''),
    proxies,
    statusPage: statusPage && defined(statusPage),
    signIn: signIn && signInSettings(signIn),
  });
}

function signInSettings({ users, oidc, proxy }: NonNullable<Written['server']['signIn']>): SignInSettings {
  return defined({
    users: users?.map((user) => defined(user)),
    oidc: oidc && defined({ ...oidc, roles: oidc.roles && defined(oidc.roles) }),
    proxy: proxy && defined({ ...proxy, roles: proxy.roles && defined(proxy.roles) }),
  });
}
