import { expect, it } from 'vitest';
import { escapeMarkdown } from './text.ts';

it.each([
  ['[x](https://evil.example)', String.raw`\[x\](https&#58;//evil.example)`],
  ['![x](//evil.example/a.png)', String.raw`\!\[x\](//evil.example/a.png)`],
  ['<img src=x onerror=alert(1)>', '&lt;img src=x onerror=alert(1)&gt;'],
  ['a | b\n| c |', String.raw`a \| b \| c \|`],
  [String.raw`a\|b`, String.raw`a\\\|b`],
  ['see http://evil.example or www.evil.example', 'see http&#58;//evil.example or www&#46;evil.example'],
  ['@all, (@lisi) a@b.example', '＠all, (＠lisi) a@b.example'],
  ['\u001B]8;;https://evil.example\u0007x\u202E', String.raw`\]8;;https&#58;//evil.examplex`],
  ['GET /orders/{id}?a=1&b=2', 'GET /orders/{id}?a=1&amp;b=2'],
])('%j is text in Markdown', (text, expected) => {
  expect(escapeMarkdown(text)).toBe(expected);
});
