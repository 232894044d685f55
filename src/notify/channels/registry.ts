import type { ChannelKind } from '../channel.ts';
import { wecomRobot } from './wecom-robot.ts';

/** Every kind of place where messages go; a channel's `kind:` in the config names one. */
export const channels: readonly ChannelKind[] = [wecomRobot];
