import { Button, FileButton, Textarea } from '@mantine/core';
import { useTranslate } from '../../i18n/translate.ts';
import styles from './setup.module.css';

interface OwnCaProps {
  /** PEM. */
  readonly ca: string;
  readonly isPending: boolean;
  readonly change: (ca: string) => void;
  readonly read: () => void;
}

/** Where a certificate is of an authority of one's own: pasted, or taken from a file of whoever uses the page. */
export function OwnCa({ ca, isPending, change, read }: OwnCaProps) {
  const t = useTranslate();
  return (
    <form
      className={styles.form}
      aria-label={t('setup.ca')}
      onSubmit={(event) => {
        event.preventDefault();
        read();
      }}
    >
      <Textarea
        size="sm"
        label={t('setup.ca')}
        description={t('setup.ca.more', { key: 'network.ca' })}
        placeholder="-----BEGIN CERTIFICATE-----"
        rows={4}
        spellCheck={false}
        value={ca}
        onChange={(event) => change(event.currentTarget.value)}
        required
        withAsterisk={false}
      />
      <FileButton
        accept=".pem,.crt,.cer"
        onChange={(file) => {
          if (file !== null) void file.text().then(change);
        }}
      >
        {(props) => (
          <Button {...props} size="xs">
            {t('setup.ca.file')}
          </Button>
        )}
      </FileButton>
      <Button type="submit" size="sm" variant="filled" loading={isPending}>
        {t('setup.ca.read')}
      </Button>
    </form>
  );
}
