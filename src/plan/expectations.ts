import type { Promised } from '../model/check.ts';
import type { DocumentedResponse } from '../model/document.ts';
import type { Expectation } from '../model/settings.ts';

/** Every answer is held against what its document promises; settings replace or add by kind. */
const usual: readonly string[] = ['status', 'content-type', 'schema'];

export function expectationsOf(said: readonly Expectation[]): readonly Expectation[] {
  const byKind = new Map<string, Expectation>(usual.map((kind) => [kind, { kind, settings: {} }]));
  for (const expectation of said) byKind.set(expectation.kind, expectation);
  return [...byKind.values()];
}

export function promisesOf(responses: readonly DocumentedResponse[]): readonly Promised[] {
  return responses.map(({ status, media, links }) => {
    const schema = media.find(
      ({ contentType }) => /[/+]json$/.test(contentType) || contentType === '*/*',
    )?.schema;
    const contentTypes = media.map(({ contentType }) => contentType);
    return {
      status,
      contentTypes,
      ...(schema === undefined ? {} : { schema }),
      ...(links === undefined ? {} : { links }),
    };
  });
}
