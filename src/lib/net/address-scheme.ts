/** Whether it begins with a scheme (`ftp://`, RFC 3986 §3.1): a path has no `//` behind a colon, and drives have one letter. */
export function isAddress(text: string): boolean {
  return /^[a-z][a-z\d+.-]+:\/\//i.test(text);
}
