import { createHmac } from 'node:crypto';
import { keyFromFile, keyFromText } from '../auth/vault.ts';
import { Secret } from '../kit/secret.ts';

/** What links in messages are signed with, made of the key of this installation; none when there is none. */
export async function linkKey(databasePath: string, env: NodeJS.ProcessEnv): Promise<Secret | undefined> {
  const text = env['APIPATROL_KEY'];
  const key = text === undefined ? await keyFromFile(`${databasePath}.key`) : keyFromText(text);
  return key.ok
    ? new Secret(createHmac('sha256', key.key).update('links in messages').digest('base64url'))
    : undefined;
}
