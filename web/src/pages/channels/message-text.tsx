import { Fragment, type ReactNode } from 'react';
import styles from './channels.module.css';

/**
 * A message as a group shows it: the little Markdown that robots know (bold, headings, quotes, code, links, WeCom's
 * `<font color>`), everything else as plain text. No HTML of the text is ever taken as such.
 */
export function MessageText({ text }: { text: string }) {
  return (
    <div className={styles.bubble} data-prose>
      {text.split('\n').map((line, index) => {
        const [, marker, rest] = /^(#{1,6} |> ?)(.*)$/.exec(line) ?? [undefined, '', line];
        return (
          <div
            key={index}
            data-line={marker?.startsWith('#') ? 'heading' : marker?.startsWith('>') ? 'quote' : 'plain'}
          >
            {inline(rest ?? line)}
          </div>
        );
      })}
    </div>
  );
}

const parts = /(\*\*[^*]+\*\*|`[^`]+`|\[[^\]]+\]\([^)\s]+\)|<font color="\w+">.*?<\/font>|<@[^>]+>)/;

function inline(line: string): ReactNode {
  return line.split(parts).map((piece, index) => <Fragment key={index}>{render(piece)}</Fragment>);
}

function render(piece: string): ReactNode {
  const bold = /^\*\*([^*]+)\*\*$/.exec(piece)?.[1];
  if (bold !== undefined) return <b>{inline(bold)}</b>;
  const code = /^`([^`]+)`$/.exec(piece)?.[1];
  if (code !== undefined) return <code>{code}</code>;
  const [, label, address] = /^\[([^\]]+)\]\(([^)\s]+)\)$/.exec(piece) ?? [];
  if (label !== undefined && address !== undefined && /^https?:/.test(address)) {
    return (
      <a href={address} rel="noreferrer" target="_blank">
        {label}
      </a>
    );
  }
  const [, color, colored] = /^<font color="(\w+)">(.*?)<\/font>$/.exec(piece) ?? [];
  if (colored !== undefined) return <span data-color={color}>{inline(colored)}</span>;
  const mention = /^<@([^>]+)>$/.exec(piece)?.[1];
  if (mention !== undefined) return <span className={styles.mention}>@{mention}</span>;
  return piece;
}
