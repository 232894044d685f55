import { setUpGroups } from '../../plan/coverage/set-up-groups.ts';
import type { CheckRun } from '../check-run.ts';
import { jsonText } from '../output.ts';
import type { Reporter } from './reporter.ts';

/** For programs, and as the `--baseline` of later runs. */
export const json: Reporter = {
  kind: 'json',
  render: ({ outcomes, skipped, statistics, problems }: CheckRun, { language }) =>
    jsonText(
      {
        statistics,
        results: outcomes.map(({ check, result, standing }) => ({
          service: check.service,
          operation: check.operation,
          url: check.request.url,
          standing,
          ...result,
        })),
        setUp: setUpGroups({ last: outcomes, skipped }),
        skipped,
        problems,
      },
      language,
    ),
};
