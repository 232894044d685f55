import { github } from './github.ts';
import { html } from './html.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import type { Reporter } from './reporter.ts';

/** What `check --reporter` can write. */
export const reporters: readonly Reporter[] = [junit, json, markdown, html, github];
