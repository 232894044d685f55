import type { WecomMessage } from './wecom.ts';
import { escapeMarkup } from '../src/lib/text/text.ts';

const style = `
  body { font: 15px/1.5 system-ui, sans-serif; background: #ebedf0; color: #191919; margin: 0; }
  main { max-width: 44rem; margin: 0 auto; padding: 1rem; }
  article { background: #fff; border-radius: .5rem; padding: .75rem 1rem; margin: .75rem 0; }
  header { color: #595959; font-size: .8rem; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; margin: .25rem 0 0; }
  .info { color: #1a7f37; } .comment { color: #595959; } .warning { color: #b54708; }
  @media (prefers-color-scheme: dark) {
    body { background: #111; color: #eee; } article { background: #1e1e1e; }
    header, .comment { color: #b0b0b0; } .info { color: #4ac26b; } .warning { color: #f0883e; }
  }`;

/** Everything that was received, newest first, as a page that refreshes itself. */
export function renderPage(messages: readonly WecomMessage[]): string {
  const items = messages.toReversed().map(renderMessage).join('\n');
  return `<!doctype html>
<html lang="zh">
<head>
<meta charset="utf-8"><meta http-equiv="refresh" content="2">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>WeCom stand-in (${messages.length})</title>
<style>${style}</style>
</head>
<body><main>
<h1>WeCom stand-in</h1>
<p>${messages.length === 0 ? 'Nothing received yet.' : `${messages.length} received, newest first.`}</p>
${items}
</main></body>
</html>
`;
}

function renderMessage(message: WecomMessage): string {
  const at = new Date(message.at).toISOString();
  return `<article>
<header>${escapeHtml(message.key)} · ${escapeHtml(message.msgtype)} · <time datetime="${at}">${at}</time></header>
<pre>${decorate(escapeHtml(message.content))}</pre>
</article>`;
}

/** The two marks that the client draws; applied to text that is escaped already. */
function decorate(escaped: string): string {
  return escaped
    .replaceAll(
      /&lt;font color=&quot;(info|comment|warning)&quot;&gt;(.*?)&lt;\/font&gt;/g,
      '<span class="$1">$2</span>',
    )
    .replaceAll(/\*\*(.+?)\*\*/g, '<strong>$1</strong>');
}

function escapeHtml(text: string): string {
  return escapeMarkup(text).replaceAll("'", '&#39;');
}
