import { Button } from '@mantine/core';
import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { useTranslate } from '../i18n/translate.ts';
import { copyText } from './copy-text.ts';
import styles from './code.module.css';

export function CopyButton({ text, label }: { text: string; label?: string }) {
  const t = useTranslate();
  const [copied, setCopied] = useState(false);
  const copy = () => {
    void copyText(text).then((done) => {
      if (!done) return;
      setCopied(true);
      setTimeout(() => setCopied(false), 2000);
    });
  };
  return (
    <Button
      onClick={copy}
      leftSection={copied ? <Check size={13} aria-hidden /> : <Copy size={13} aria-hidden />}
    >
      <span aria-live="polite">{copied ? t('copied') : (label ?? t('copy'))}</span>
    </Button>
  );
}

/** Text as it is, line by line; lines in `marked` are pointed at. */
export function Code(props: {
  readonly text: string;
  readonly marked?: ReadonlyMap<number, string>;
  readonly label: string;
  readonly wrap?: boolean;
}) {
  const { text, marked, label, wrap } = props;
  return (
    // A region that scrolls must be reachable by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <pre className={styles.code} data-wrap={wrap} tabIndex={0} aria-label={label} role="region">
      {text.split('\n').map((content, index) => {
        const note = marked?.get(index);
        return (
          <span key={index} className={note === undefined ? undefined : styles.marked}>
            {content}
            {note !== undefined && <em>{note}</em>}
            {'\n'}
          </span>
        );
      })}
    </pre>
  );
}
