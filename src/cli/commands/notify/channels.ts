import { Option } from 'commander';
import { didYouMean } from '../../../config/validation/issues.ts';
import type { ChannelSettings, Settings } from '../../../model/settings.ts';
import { type ScenarioName, scenarios } from '../../../notify/test-message/scenarios.ts';
import type { Terminal } from '../../output.ts';
import type { Words } from '../../words.ts';

export const scenarioOption = (usual: ScenarioName, { say }: Words): Option =>
  new Option('--scenario <name>', say('option.scenario')).choices(Object.keys(scenarios)).default(usual);

/** The channel of that name, or all of them; `undefined` after saying why there is none. */
export function chosenChannels(
  { channels }: Settings,
  name: string | undefined,
  { err, say, inWords }: Terminal,
): readonly ChannelSettings[] | undefined {
  const names = Object.keys(channels);
  if (names.length === 0) {
    err(say('notify.noChannel'), say('notify.addChannel'));
    return undefined;
  }
  if (name === undefined) return Object.values(channels);
  const channel = channels[name];
  if (channel !== undefined) return [channel];
  const meant = didYouMean(name, names);
  err(
    say('notify.unknownChannel', { name, names }),
    meant === undefined ? say('notify.nameOne') : inWords(meant),
  );
  return undefined;
}
