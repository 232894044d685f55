import { z } from 'zod';
import type { Registries } from './registries.ts';
import { names, severity } from './schema-source.ts';

export const language = z.enum(['zh', 'en']);

/** How the addresses of robots look, by the kind of channel; what looks like none of them is WeCom's. */
const robots: readonly (readonly [kind: string, address: RegExp])[] = [
  ['dingtalk-robot', /\/robot\/send\?.*access_token=/],
  ['feishu-robot', /\/open-apis\/bot\/v2\/hook\//],
  ['slack-webhook', /^https:\/\/hooks\.slack\.com\//],
];

/** A bare robot address, checked by the options of the robot's own channel kind. */
export function webhook(registries: Registries) {
  return z
    .string()
    .min(1)
    .transform((address, context): { kind: string; language?: 'zh' | 'en'; options: unknown } => {
      const [kind] = robots.find(([, form]) => form.test(address)) ?? ['wecom-robot'];
      const options = registries.channels.find((channel) => channel.kind === kind)?.options ?? z.never();
      const parsed = options.safeParse({ webhook: address });
      for (const issue of parsed.error?.issues ?? []) {
        context.issues.push({ ...issue, path: [] } as z.core.$ZodRawIssue);
      }
      return { kind, options: parsed.data };
    })
    .meta({ format: 'secret' });
}

/** Keys of every channel, whatever its kind. */
export const channelKeys = {
  language: language.optional().describe('Language of the messages in this channel.'),
};

export const routeKeys = {
  to: names.min(1).describe('Names of channels.'),
  sources: names.min(1).optional().describe('Only incidents of these sources.'),
  tags: names.min(1).optional().describe('Only incidents of operations with one of these tags.'),
  severity: severity.optional().describe('Only incidents of this severity and above.'),
};
