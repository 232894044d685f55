import { channelPreviewCommand } from './notify/preview.ts';
import { queueCommand, requeueCommand } from './notify/queue.ts';
import { channelTestCommand } from './notify/test.ts';
import type { AddCommand } from '../command.ts';

export const notifyCommand: AddCommand = (program, context) => {
  const { say } = context.terminal;
  const notify = program.command('notify').description(say('help.notify.does'));
  for (const add of [channelTestCommand, channelPreviewCommand, queueCommand, requeueCommand])
    add(notify, context);
};
