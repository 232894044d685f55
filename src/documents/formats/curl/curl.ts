import { isSensitiveName } from '../../../lib/secrets/secret.ts';
import { defineFormat, type RawDocument, type ReadDocument } from '../format.ts';
import { assemble } from '../shared/assemble.ts';
import { isMarkup } from '../shared/text.ts';
import { curlCommands, requestOfCurl } from './curl-command.ts';
import { operationOf } from '../shared/recorded-request.ts';

/** A list of curl commands: a text file or a shell script that does little else. */
export const curl = defineFormat({
  kind: 'curl',
  version: 7,
  detect: (raw) => certaintyOf(raw.text),
  read: async (raw) => readCurl(raw),
});

function certaintyOf(text: string): number {
  if (isMarkup(text)) return 0;
  const head = text.slice(0, 400_000);
  if (!/curl(?:\.exe)?[ \t\\]/.test(head) || /^(?:```|~~~|#{2,6} )/m.test(head)) return 0;
  const commands = curlCommands(head);
  let rest = '';
  let at = 0;
  for (const command of commands) {
    rest += `${head.slice(at, command.start)}\n`;
    at = command.end;
  }
  const others = `${rest}${head.slice(at)}`
    .split('\n')
    .filter((line) => /^\s*(?!#|\/\/|::|rem\b|echo\b|set\b|export\b|[a-z_]\w*=)\S{2}/i.test(line));
  return commands.length > 0 && commands.length >= others.length ? 0.7 : 0;
}

function readCurl(raw: RawDocument): ReadDocument {
  const requests = curlCommands(raw.text)
    .map((command) => requestOfCurl(command, []))
    .filter((request) => request !== undefined)
    .map((request) => ({ ...request, environments: [{ values: assignmentsIn(raw.text) }] }));
  return assemble({ format: 'curl', title: raw.uri, found: requests.map(operationOf), problems: [] });
}

/** `BASE=https://a.example`: what a script sets for its commands, unless a command answers it. */
function assignmentsIn(text: string): Record<string, string> {
  const lines = text.matchAll(
    /^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)=(?:"([^"$`\n]*)"|'([^'\n]*)'|([^\s"'$`;]+))/gm,
  );
  return Object.fromEntries(
    [...lines]
      .filter(([, name = '']) => !isSensitiveName(name))
      .map(([, name = '', ...values]) => [name, values.find((one) => one !== undefined) ?? '']),
  );
}
