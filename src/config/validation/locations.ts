import { sentence } from '../../messages/sentence.ts';
import type { Sentence } from '../../model/sentence.ts';
import type { Problem } from '../../model/problem.ts';
import { noCredential } from '../../model/settings.ts';
import { dotted, unknownNamesIn } from './issues.ts';
import type { Written, WrittenService } from '../schema/schema.ts';
import { namesOf, servicesOf } from '../settings.ts';
import type { Path, YamlFile } from '../yaml-file.ts';

/** What is wrong with locations, and with what services want of them. */
export function locationProblems(written: Written, yaml: YamlFile): readonly Problem[] {
  const { locations = {}, store } = written;
  const defined = Object.keys(locations);
  const credentials = Object.keys(written.credentials);
  const storeless =
    defined.length === 0 || store.url !== undefined
      ? []
      : [refusal(sentence('locationsNeedServer'), ['locations'], sentence('writeStoreAddress'), yaml)];
  return [
    ...storeless,
    ...Object.entries(locations).flatMap(([name, one]) =>
      unknownNamesIn(
        'credential',
        one?.credentials ?? [],
        credentials,
        ['locations', name, 'credentials'],
        yaml,
      ),
    ),
    ...servicesOf(written).flatMap((service, index) => serviceProblems(written, service, index, yaml)),
  ];
}

function serviceProblems(
  written: Written,
  service: WrittenService,
  index: number,
  yaml: YamlFile,
): readonly Problem[] {
  const { locations = [], quorum } = service;
  const at: Path = ['services', index];
  const n = new Set(locations).size;
  const unreachable =
    quorum === undefined || quorum <= n
      ? []
      : [
          refusal(
            sentence('quorumTooLarge', { quorum, n }),
            [...at, 'quorum'],
            sentence('lowerQuorum'),
            yaml,
          ),
        ];
  const known = Object.keys(written.locations ?? {});
  return [
    ...unknownNamesIn('location', locations, known, [...at, 'locations'], yaml),
    ...unreachable,
    ...locations.flatMap((location, no) => {
      const allowed = written.locations?.[location]?.credentials;
      const kept =
        known.includes(location) && usedBy(service).find((name) => allowed?.includes(name) !== true);
      if (typeof kept !== 'string') return [];
      const name = namesOf(servicesOf(written))[index] ?? '';
      const message = sentence('credentialNotAtLocation', { name, credential: kept, location });
      const hint = sentence('allowCredentialThere', { credential: kept, location });
      return [refusal(message, [...at, 'locations', no], hint, yaml)];
    }),
  ];
}

function usedBy({ credential, operations }: WrittenService): readonly string[] {
  const named = [credential, ...operations.map((operation) => operation.credential)];
  return named.filter((name) => name !== undefined && name !== noCredential) as readonly string[];
}

function refusal(message: Sentence, path: Path, hint: Sentence, yaml: YamlFile): Problem {
  return {
    level: 'error',
    code: 'invalid-value',
    message,
    ...yaml.keyPlace(path),
    pointer: dotted(path),
    hint,
  };
}
