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
          message: `two objectives are called "${name}"`,
          ...yaml.place(named),
          pointer: dotted(named),
          hint: 'Rename one of them.',
        });
      if (availability === undefined && latency === undefined)
        problems.push({
          level: 'error',
          code: 'missing-key',
          message: `"${name}" has neither "availability" nor "latency"`,
          ...yaml.place(at),
          pointer: dotted(at),
          hint: 'Write for example availability: 99.9.',
        });
      return problems;
    }),
    ...summaries.flatMap(({ to = [] }, index) =>
      unknownNamesIn('channel', to, known.channels, ['summaries', index, 'to'], yaml),
    ),
  ];
}
