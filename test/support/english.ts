/** What stands in a text as it is written elsewhere: quoted, to be copied, an address, a path, an option, a setting. */
const quoted = [
  /`[^`\n]*`/g,
  /'[^'\n]*'/g,
  /"[^"\n]*"/g,
  /“[^”\n]*”/g,
  /^.*\$ apipatrol .*$/gm,
  // Lines of the configuration that would help, with what the plan remarks in them.
  /^ *# .*$/gm,
  /\bapipatrol(?: [\w-]+)+/g,
  /\bcurl .*$/gm,
  /\S*[/\\@=_.:]\S*/g,
  /--?\w[\w-]*(?: <[^>]*>)?/g,
];

/** Three words of English one after the other: somebody has forgotten to say it in Chinese. */
const sentence = /(?<![\w-])[A-Za-z][a-z']+(?:,? [a-z][a-z']*){2,}/g;

/** English sentences in what is to be Chinese. */
export function englishIn(text: string): readonly string[] {
  const own = quoted.reduce((rest, form) => rest.replace(form, '…'), text);
  return own.match(sentence) ?? [];
}
