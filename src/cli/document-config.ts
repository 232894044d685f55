import path from 'node:path';
import { stringify } from 'yaml';
import { loadConfig } from '../config/load.ts';
import { typedAddress } from '../config/typed-address.ts';
import type { Problem } from '../model/problem.ts';

/** A document to check and how to reach what it describes, all from the command line. */
export interface DocumentFlags {
  /** File, folder, glob or URL. */
  readonly document: string;
  readonly baseUrl?: string;
  readonly bearer?: string;
  /** `Name: value` each. */
  readonly header?: readonly string[];
}

/** Not a file: what problems of these flags are said to stand in. */
const name = '(command line)';

/** The configuration that the flags stand for, checked like a file. */
export async function configFromFlags(flags: DocumentFlags, cwd: string): ReturnType<typeof loadConfig> {
  const text = stringify({
    services: [
      {
        docs: '${env:DOCUMENT}',
        baseUrl: flags.baseUrl === undefined ? undefined : typedAddress(flags.baseUrl, cwd),
        ...(flags.header === undefined ? {} : { headers: headersOf(flags.header) }),
        ...(flags.bearer === undefined ? {} : { credential: 'given' }),
      },
    ],
    ...(flags.bearer === undefined
      ? {}
      : { credentials: { given: { scheme: 'bearer', token: '${env:BEARER}' } } }),
    language: 'en',
    logLevel: 'error',
  });
  const values = Object.fromEntries(
    (flags.header ?? []).map((line, index) => [`HEADER_${index}`, valueOf(line)]),
  );
  const env = { DOCUMENT: typedAddress(flags.document, cwd), BEARER: flags.bearer, ...values };
  const loaded = await loadConfig(path.join(cwd, name), { env, readFile: () => Promise.resolve(text) });
  return loaded.ok ? loaded : { ...loaded, problems: loaded.problems.map(ofFlag) };
}

const flagOf: Readonly<Record<string, string>> = {
  'services[0].docs': '[document]',
  'services[0].baseUrl': '--base-url',
  'credentials.given.token': '--bearer',
};

/** Nobody has seen the configuration that the flags stand for: what is wrong is said of the flag. */
function ofFlag(problem: Problem): Problem {
  const flag = flagOf[problem.pointer ?? ''];
  if (flag === undefined) return problem;
  const { file: _file, line: _line, column: _column, ...rest } = problem;
  return { ...rest, pointer: flag };
}

/** Values are filled in afterwards, so that nothing in them is taken for a reference. */
function headersOf(lines: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(lines.map((line, index) => [nameOf(line), `\${env:HEADER_${index}}`]));
}

function nameOf(line: string): string {
  return line.slice(0, line.indexOf(':')).trim().toLowerCase();
}

function valueOf(line: string): string {
  return line.slice(line.indexOf(':') + 1).trim();
}
