import type { ChannelKind } from '../channel.ts';
import { alertmanagerWebhook } from './alertmanager-webhook.ts';
import { dingtalkRobot } from './dingtalk-robot.ts';
import { email } from './email.ts';
import { feishuRobot } from './feishu-robot.ts';
import { slackWebhook } from './slack-webhook.ts';
import { webhook } from './webhook.ts';
import { wecomApp } from './wecom-app.ts';
import { wecomRobot } from './wecom-robot.ts';

/** Every kind of place where messages go; a channel's `kind:` in the config names one. */
export const channels: readonly ChannelKind[] = [
  wecomRobot,
  wecomApp,
  dingtalkRobot,
  feishuRobot,
  slackWebhook,
  email,
  alertmanagerWebhook,
  webhook,
];
