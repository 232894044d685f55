import type { Source } from './source.ts';
import type { Target } from './target.ts';
import type { TransferReport } from './report.ts';
import type { SealedToken, Vault } from './vault.ts';

/** Tables with what is sealed, and of no use under another key. */
export const sealedTables: ReadonlySet<string> = new Set(['token', 'first_answer']);

type BroughtTokens = Pick<TransferReport, 'tables' | 'resealed' | 'signedInAnew'>;

export const noTokens: BroughtTokens = { tables: [], resealed: 0, signedInAnew: [] };

export function tokensOf(source: Source): readonly SealedToken[] {
  const table = source.tables().find(({ name }) => name === 'token');
  if (table === undefined) return [];
  return [...source.rows(table, 0)].map((row) => ({
    credential: String(row.credential),
    sealed: String(row.sealed),
  }));
}

/** Sealed with the key of the new place; those that nobody can read are left out, and told. */
export async function bringTokens(
  target: Target,
  tokens: readonly SealedToken[],
  vault: Vault,
): Promise<BroughtTokens> {
  const resealed = tokens.flatMap((token) => {
    const sealed = vault.reseal(token);
    return sealed === undefined ? [] : [{ credential: token.credential, sealed }];
  });
  await target.putTokens(resealed);
  const there = new Map((await target.tokens()).map((token) => [token.credential, token]));
  const before = new Map(tokens.map((token) => [token.credential, token]));
  const isSame = resealed.every(({ credential }) => {
    const [one, other] = [before.get(credential), there.get(credential)];
    return one !== undefined && other !== undefined && vault.isSame(one, other);
  });
  const read = new Set(resealed.map(({ credential }) => credential));
  const lost = tokens.filter(({ credential }) => !read.has(credential));
  return {
    tables: [{ table: 'token', rows: tokens.length, targetRows: there.size, isSame }],
    resealed: resealed.length,
    signedInAnew: [...new Set(lost.map(({ credential }) => nameOf(credential)))],
  };
}

/** A part of a credential has its name, a line break and the part. */
function nameOf(credential: string): string {
  return credential.split('\n', 1)[0] ?? credential;
}
