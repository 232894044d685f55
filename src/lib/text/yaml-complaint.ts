/**
 * What the YAML parser says about a text, without the piece of the text that it quotes: that may be a password. Where it stands is
 * told by line and column.
 *
 * @param message Of a `YAMLError`, not made pretty.
 */
export function yamlComplaint(message: string): string {
  return message.replace(/: .*$/s, '').replace(/^(Unexpected) \S.{3,} (in [\w-]+)$/s, '$1 text $2');
}
