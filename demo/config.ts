import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'yaml';
import { documentFiles, writeDocuments } from './documents.ts';
import { demoApiKey } from './services/payments.ts';
import { demoAccount, demoClient } from './services/users.ts';
import type { DemoSystem } from './system.ts';

/** What the demo's configuration reads from the environment. */
export const demoEnvironment: Readonly<Record<string, string>> = {
  DEMO_CLIENT_SECRET: demoClient.secret,
  DEMO_PASSWORD: demoAccount.password,
  DEMO_API_KEY: demoApiKey,
};

/**
 * Writes `apipatrol.yaml` and the documents under `docs/` into `folder` and returns the path of the former.
 * `webhook` is the robot's address; `more` is merged into the top level.
 */
export async function writeDemo(
  system: DemoSystem,
  folder: string,
  options: { readonly webhook: string; readonly more?: Readonly<Record<string, unknown>> },
): Promise<string> {
  await mkdir(folder, { recursive: true });
  await writeDocuments(system, path.join(folder, 'docs'));
  const file = path.join(folder, 'apipatrol.yaml');
  await writeFile(
    file,
    stringify({ ...demoConfig(system, options.webhook), ...options.more }, { lineWidth: 0 }),
  );
  return file;
}

function demoConfig(system: DemoSystem, webhook: string): Readonly<Record<string, unknown>> {
  const { orders, users, payments } = system.services;
  const service = (
    name: keyof typeof documentFiles,
    url: string,
    credential: string,
    owners: readonly string[],
  ) => {
    return { name, docs: `./docs/${documentFiles[name]}`, baseUrl: url, credential, owners };
  };
  return {
    services: [
      service('orders', orders.url, 'sso', ['zhangsan']),
      service('users', users.url, 'login', ['lisi']),
      service('payments', payments.url, 'apiKey', ['wangwu']),
    ],
    credentials: {
      sso: {
        scheme: 'oauth2-client-credentials',
        tokenUrl: `${users.url}/oauth/token`,
        clientId: demoClient.id,
        clientSecret: '${env:DEMO_CLIENT_SECRET}',
      },
      login: {
        scheme: 'login',
        url: `${users.url}/auth/login`,
        json: { username: demoAccount.username, password: '${env:DEMO_PASSWORD}' },
        success: '$.code == 0',
        token: '$.data.token',
        expiresIn: '$.data.expiresIn',
        send: { in: 'header', name: 'X-Token' },
      },
      apiKey: { scheme: 'api-key', name: 'X-Api-Key', value: '${env:DEMO_API_KEY}' },
    },
    channels: { wecom: { kind: 'wecom-robot', webhook } },
    timeZone: 'Asia/Shanghai',
  };
}
