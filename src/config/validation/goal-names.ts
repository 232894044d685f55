import { sentence } from '../../messages/sentence.ts';
import type { Problem } from '../../model/problem.ts';
import { dotted, unknownNamesIn } from './issues.ts';
import type { Written } from '../schema/schema.ts';
import type { YamlFile } from '../yaml-file.ts';

/** Objectives and summaries: names that point nowhere or are given twice, objectives without a goal. */
export function goalProblems(
  { slo, summaries }: Written,
  known: { readonly services: readonly string[]; readonly channels: readonly string[] },
  yaml: YamlFile,
): readonly Problem[] {
  return [
    ...slo.flatMap(({ name, services = [], availability, latency }, index): readonly Problem[] => {
      const at = ['slo', index] as const;
      const problems = [...unknownNamesIn('service', services, known.services, [...at, 'services'], yaml)];
      const named = [...at, 'name'];
      if (slo.findIndex((one) => one.name === name) !== index)
        problems.push({
          level: 'error',
          code: 'duplicate-name',
          message: sentence('objectivesOfOneName', { name }),
          ...yaml.place(named),
          pointer: dotted(named),
          hint: sentence('renameOne'),
        });
      if (availability === undefined && latency === undefined)
        problems.push({
          level: 'error',
          code: 'missing-key',
          message: sentence('objectiveWithoutGoal', { name }),
          ...yaml.place(at),
          pointer: dotted(at),
          hint: sentence('writeAvailability'),
        });
      return problems;
    }),
    ...summaries.flatMap(({ to = [] }, index) =>
      unknownNamesIn('channel', to, known.channels, ['summaries', index, 'to'], yaml),
    ),
  ];
}
