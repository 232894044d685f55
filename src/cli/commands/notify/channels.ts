import { inEnglish } from '../../../messages/in-language.ts';
import { Option } from 'commander';
import { didYouMean } from '../../../config/validation/issues.ts';
import type { ChannelSettings, Settings } from '../../../model/settings.ts';
import { type ScenarioName, scenarios } from '../../../notify/test-message/scenarios.ts';
import type { Terminal } from '../../output.ts';

export const scenarioOption = (usual: ScenarioName): Option =>
  new Option('--scenario <name>', 'Sample situation to render')
    .choices(Object.keys(scenarios))
    .default(usual);

/** The channel of that name, or all of them; `undefined` after saying why there is none. */
export function chosenChannels(
  { channels }: Settings,
  name: string | undefined,
  terminal: Terminal,
): readonly ChannelSettings[] | undefined {
  const names = Object.keys(channels);
  if (names.length === 0) {
    terminal.err(
      'no channel is configured\n  → Add webhook: with the address of a group robot, or channels: to the configuration.',
    );
    return undefined;
  }
  if (name === undefined) return Object.values(channels);
  const channel = channels[name];
  if (channel !== undefined) return [channel];
  const hint = didYouMean(name, names) ?? `Name one of these, or none for all.`;
  terminal.err(`there is no channel "${name}"; defined: ${names.join(', ')}\n  → ${inEnglish(hint)}`);
  return undefined;
}
