import { sentence } from '../../messages/sentence.ts';
import type { Json } from '../../model/json.ts';
import type { Finding } from '../../model/result.ts';
import { keyOf } from '../../model/sentence.ts';
import type { Shape } from './shape.ts';
import { anyItem, stepsOf, valueAt } from './violations.ts';
import { extraIn, typeOf } from './wording.ts';

/**
 * What violations are worth in the light of everything else that the document says. Nobody is called for `null` in a
 * field that may be missing, which serializers write where a document generator never says so, nor for what the
 * document itself shows in its example: such a violation is noted (`info`). A property that a closed part of an
 * `allOf` does not know, but another part does, is none.
 *
 * @param shown Violations of the document's own examples, as `identityOf` names them.
 */
export function classifyViolations(
  findings: readonly Finding[],
  body: Json,
  shape: Shape,
  shown: () => ReadonlySet<string>,
): readonly Finding[] {
  return findings.flatMap((finding): readonly Finding[] => {
    if (finding.level === 'info') return [finding];
    const steps = stepsOf(finding.pointer ?? '');
    const extra = extraIn(finding);
    if (extra !== undefined && shape.field([...steps, extra]) !== undefined) return [];
    if (valueAt(body, finding.pointer ?? '') === null && shape.field(steps) === 'optional') {
      return [{ ...finding, level: 'info' }];
    }
    if (!shown().has(identityOf(finding, body))) return [finding];
    return [{ ...finding, level: 'info', message: sentence('asInExample', { what: finding.message }) }];
  });
}

/** What makes a violation in one body the same as one in another. */
export function identityOf(finding: Finding, body: Json): string {
  const pointer = finding.pointer ?? '';
  return [
    anyItem(pointer),
    keyOf(finding.expected ?? ''),
    typeOf(valueAt(body, pointer)),
    extraIn(finding),
  ].join(' ');
}
