import { readFileSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import { expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { hashPassword } from '../../src/server/access/password.ts';
import { imageOf, root } from './image.ts';

const guide = readFileSync(path.join(root, 'docs/guide/deploy.md'), 'utf8');

it('shows a configuration for the container that the patrol takes', async () => {
  const text = /^# config\/apipatrol\.yaml\n[^`]*/m.exec(guide)?.[0] ?? '';
  const loaded = await loadConfig('/etc/apipatrol/apipatrol.yaml', {
    env: {
      WECOM_WEBHOOK:
        'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=00000000-0000-0000-0000-000000000000',
      ADMIN_HASH: await hashPassword('secret'),
    },
    readFile: () => Promise.resolve(text),
  });
  if (!loaded.ok) throw new Error(stringify(loaded.problems));
  expect(loaded.settings).toMatchObject({ server: { host: '0.0.0.0' }, store: { path: '/data/patrol.db' } });
});

it('names the base, the user and the folders of the image', () => {
  const base = /node:24[\w.-]+/.exec(
    readFileSync(path.join(root, 'deploy/container/Dockerfile'), 'utf8'),
  )?.[0];
  expect(guide).toContain(base);
  const { user, workdir, env } = imageOf();
  expect(guide).toContain(`user ${user.split(':')[0]}`);
  expect(guide).toContain(`| \`${workdir}\` |`);
  expect(guide).toContain(`| \`${path.dirname(env['APIPATROL_CONFIG'] ?? '')}\` |`);
});
