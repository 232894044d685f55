import { inEnglish } from '../../messages/in-language.ts';
import type { Problem } from '../../model/problem.ts';
import type { ServerContext } from '../context.ts';
import type { Realm } from './realm.ts';

/**
 * What is wrong with the documents and the plan of a service. The board keeps the problems of services that are patrolled
 * together with one of them: what is about a document goes by the document, and what names another service is not told.
 */
export async function ownProblems(
  service: string,
  realm: Realm,
  { board, patrol }: ServerContext,
): Promise<readonly Problem[]> {
  if (!realm.sees([service])) return [];
  const own = new Set((await patrol.store.documents.list(service)).map(({ uri }) => uri));
  const lists = await Promise.all(
    realm.others.map(async (other) => (await patrol.store.documents.list(other)).map(({ uri }) => uri)),
  );
  const foreign = [...realm.others, ...lists.flat().filter((uri) => !own.has(uri))];
  return [...board.services].flatMap(([name, { problems }]) =>
    problems.filter((problem) => {
      if (problem.file !== undefined && own.has(problem.file)) return true;
      const text = [
        problem.file,
        problem.pointer,
        inEnglish(problem.message),
        inEnglish(problem.hint ?? ''),
      ].join('\n');
      return name === service && !foreign.some((one) => text.includes(one));
    }),
  );
}
