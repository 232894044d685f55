import { onOneLine } from '../check-run.ts';
import { github } from './github.ts';
import { html } from './html.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import type { Reporter } from './reporter.ts';

/** What `check --reporter` can write. */
export const reporters: readonly Reporter[] = [...[junit, markdown, html, github].map(withCleanTexts), json];

/** What people read has the texts of documents and answers on one line each. */
function withCleanTexts({ kind, render }: Reporter): Reporter {
  return { kind, render: (run, words) => render(onOneLine(run), words) };
}
