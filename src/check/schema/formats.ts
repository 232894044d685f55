/** Whether a text is in a format. */
type Format = (text: string) => boolean;

/**
 * Formats of texts as services write them, where that is wider than the standards that the names come from: times
 * without a zone, as Java and Python write them, addresses inside a company, file names in Chinese. A text that no
 * reader could take for a value of the format is still found.
 */
const formats: Readonly<Record<string, Format>> = {
  date: isDate,
  'date-time': isDateTime,
  time: (text) => isTime(text),
  // ISO 8601 with fractions and signs (.NET, Java), which RFC 3339 leaves out.
  duration: (text) =>
    /^[+-]?P(?=[\dT+-])(?:[+-]?\d+(?:[.,]\d+)?[YMWD])*(?:T(?:[+-]?\d+(?:[.,]\d+)?[HMS])+)?$/i.test(text),
  uuid: (text) => /^(?:urn:uuid:)?\{?[0-9a-f]{8}(-?)(?:[0-9a-f]{4}\1){3}[0-9a-f]{12}\}?$/i.test(text),
  uri: isAddress,
  url: isAddress,
  'uri-reference': (text) => !/\s/.test(text),
  email: (text) => /^[^\s@]+@[^\s@]+$/.test(text),
  hostname: (text) => /^(?=.{1,254}$)[\p{L}\p{N}_](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_.])?$/u.test(text),
  // Standard or URL-safe alphabet, padded or not, in lines or in one.
  byte: (text) => /^[\w+/\s-]*={0,2}$/.test(text.trimEnd()),
};

/** By name. An empty text stands for "none" in many services, and `minLength` is there to forbid it. */
export const textFormats: readonly (readonly [name: string, format: Format])[] = Object.entries(formats).map(
  ([name, format]) => [name, (text: string) => text === '' || format(text)],
);

function isDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  if (year === undefined) return false;
  const days = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= days;
}

function isTime(text: string): boolean {
  return /^(?:[01]\d|2[0-4]):[0-5]\d(?::(?:[0-5]\d|60)(?:[.,]\d+)?)?(?:\s?(?:Z|UTC|GMT|[+-]\d\d(?::?\d\d)?))?$/i.test(
    text,
  );
}

function isDateTime(text: string): boolean {
  // Java's name of the zone (`[Europe/Paris]`) may follow its offset.
  return (
    /^.{10}[T ]/i.test(text) &&
    isDate(text.slice(0, 10)) &&
    isTime(text.slice(11).replace(/\[[^[\]]+\]$/, ''))
  );
}

/** With a scheme, or a reference that can be told from a word: it begins with a sign, or like a name of a host or file. */
function isAddress(text: string): boolean {
  if (/\s/.test(text)) return false;
  if (/^(?:[a-z][a-z0-9+.-]*:|[/.?#])/i.test(text)) return true;
  const [name = ''] = /^[^:/]+/.exec(text) ?? [];
  const dot = name.indexOf('.', 1);
  return dot !== -1 && dot < name.length - 1;
}
