import type { Promised } from '../../model/check.ts';
import type { DocumentedResponse, MediaType } from '../../model/document.ts';
import type { JsonSchema } from '../../model/json.ts';
import type { Expectation } from '../../model/settings.ts';

/** Every answer is held against what its document promises; settings replace or add by kind. */
const usual: readonly string[] = ['status', 'content-type', 'schema'];

/** Enough to see what the answers of an operation have in common. */
const mostExamples = 3;

export function expectationsOf(said: readonly Expectation[]): readonly Expectation[] {
  const byKind = new Map<string, Expectation>(usual.map((kind) => [kind, { kind, settings: {} }]));
  for (const expectation of said) byKind.set(expectation.kind, expectation);
  return [...byKind.values()];
}

const promised = new WeakMap<readonly DocumentedResponse[], readonly Promised[]>();

/** The same for all operations that have the same answers: what is learnt of a promise is kept with it. */
export function promisesOf(responses: readonly DocumentedResponse[]): readonly Promised[] {
  const known = promised.get(responses) ?? promisesAnew(responses);
  promised.set(responses, known);
  return known;
}

function promisesAnew(responses: readonly DocumentedResponse[]): readonly Promised[] {
  return responses.map(({ status, media, links }) => {
    const json = media.filter(({ contentType }) => /[/+]json$/.test(contentType) || contentType === '*/*');
    const schema = commonSchema(json);
    const examples = json[0]?.examples ?? [];
    const contentTypes = media.map(({ contentType }) => contentType);
    return {
      status,
      contentTypes,
      schema,
      ...(examples.length === 0 ? {} : { examples: examples.slice(0, mostExamples) }),
      links,
    };
  });
}

/** Which of several kinds of JSON comes is the server's choice. */
function commonSchema(media: readonly MediaType[]): JsonSchema | undefined {
  const [first, ...others] = media;
  if (first?.schema === undefined || others.length === 0) return first?.schema;
  const distinct = new Map(media.map(({ schema = true }) => [JSON.stringify(schema), schema]));
  return distinct.size === 1 ? first.schema : { anyOf: [...distinct.values()] };
}
