import type { ChannelKind } from './channel.ts';
import { alertmanagerWebhook } from './alertmanager/alertmanager-webhook.ts';
import { dingtalkRobot } from './dingtalk/dingtalk-robot.ts';
import { email } from './email/email.ts';
import { feishuRobot } from './feishu/feishu-robot.ts';
import { slackWebhook } from './slack/slack-webhook.ts';
import { teamsWebhook } from './teams/teams-webhook.ts';
import { telegramBot } from './telegram/telegram-bot.ts';
import { webhook } from './webhook/webhook.ts';
import { wecomApp } from './wecom/wecom-app.ts';
import { wecomRobot } from './wecom/wecom-robot.ts';

/** Every kind of place where messages go; a channel's `kind:` in the config names one. */
export const channels: readonly ChannelKind[] = [
  wecomRobot,
  wecomApp,
  dingtalkRobot,
  feishuRobot,
  slackWebhook,
  teamsWebhook,
  telegramBot,
  email,
  alertmanagerWebhook,
  webhook,
];
