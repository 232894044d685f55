/** Where messages of these tests may lead. */
export const page = 'https://patrol.example';

/** What no text of ours has: what cannot be seen, turns the direction around or is no character. */
const invisible =
  /\p{Cc}|\p{Cs}|(?!\u200D|\uFE0F)[\p{Cf}\p{Default_Ignorable_Code_Point}]|<(?:\u200D|\uFE0F)/u;

export function matches(what: string, text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(new RegExp(pattern, `${pattern.flags.replace('g', '')}g`))].map(
    ([found]) => `${what}: ${JSON.stringify(found)} in ${JSON.stringify(text)}`,
  );
}

export function unclean(shown: string): readonly string[] {
  return shown.split('\n').flatMap((line) => matches('unseen', line, invisible));
}

export function unknown(ids: readonly string[], known: readonly string[]): readonly string[] {
  return ids.filter((id) => !known.includes(id)).map((id) => `calls ${id}`);
}

export function over(what: string, size: number, most: number): readonly string[] {
  return size > most ? [`${what} has ${size}, more than ${most}`] : [];
}

/** How lines of ours begin: with a mark, a label, a count or a mention. */
const ours =
  /^(?:$| {2}$|[🔴🟠🟡🟢⚪📄]|\*\*|> |- |…|<font color=|<@|@|<at id=|\d+ (?:new|changed|operation)|all |(?:新增|变化|变更接口) \d)/u;

/** Every link leads to the page, every line begins as one of ours, no code is left open. */
export function unlikeMarkdown(shown: string): readonly string[] {
  const links = [...shown.matchAll(/\]\(.{0,30}/g)].map(([link]) => link);
  const lines = shown.split('\n');
  return [
    ...unclean(shown),
    ...links.filter((link) => !link.startsWith(`](${page}/`)).map((link) => `leads to ${link}`),
    ...lines.filter((line) => !ours.test(line)).map((line) => `begins a line: ${line}`),
    ...lines.filter((line) => (line.split('`').length - 1) % 2 === 1).map((line) => `code is open: ${line}`),
  ];
}

/** Nothing of it is over: green is a lie. */
export function miscolored(shown: string, tag: RegExp): readonly string[] {
  return shown.split('\n').filter((line) => {
    const opened = line.split('<font').length;
    return (line.match(tag)?.length ?? 0) + 1 !== opened || line.split('</font>').length !== opened;
  });
}

export function idsIn(shown: string, pattern: RegExp): readonly string[] {
  return [...shown.matchAll(pattern)].map(([, id = '']) => id);
}
