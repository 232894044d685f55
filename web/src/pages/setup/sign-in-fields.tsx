import { Textarea, TextInput } from '@mantine/core';
import type { SignInProposal, SignInScheme } from '../../../../src/server/api/setup.ts';
import { useTranslate } from '../../i18n/translate.ts';
import { isWrongJson, type OptionField } from './option-fields.ts';
import { optionText } from './option-text.ts';
import { type Ask, askKey, isOptionalAsk, isSecretAsk, labelOf } from './proposals.ts';
import styles from './setup.module.css';

interface Filling {
  readonly texts: Readonly<Record<string, string>>;
  readonly set: (name: string, value: string) => void;
}

/** What the document leaves to a person: mostly a name and a password. */
export function ProposalFields({ proposal, texts, set }: Filling & { readonly proposal: SignInProposal }) {
  return proposal.asks.map((ask) => (
    <AskField
      key={askKey(ask)}
      ask={ask}
      value={texts[askKey(ask)] ?? ''}
      onChange={(value) => set(askKey(ask), value)}
    />
  ));
}

function AskField({ ask, value, onChange }: { ask: Ask; value: string; onChange: (value: string) => void }) {
  const t = useTranslate();
  const label = labelOf(ask);
  return (
    <TextInput
      size="sm"
      label={label === undefined ? ask.name : t(label)}
      type={isSecretAsk(ask) ? 'password' : 'text'}
      autoComplete={isSecretAsk(ask) ? 'new-password' : 'off'}
      spellCheck={false}
      required={!isOptionalAsk(ask)}
      placeholder={isOptionalAsk(ask) ? '$.data.token' : undefined}
      withAsterisk={false}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** All options of a way to sign in: those that nearly everybody needs, and the others on demand. */
export function SchemeFields(
  props: Filling & { readonly scheme: SignInScheme; readonly fields: readonly OptionField[] },
) {
  const { scheme, fields, texts, set } = props;
  const t = useTranslate();
  const usual = Object.keys(scheme.example);
  const fieldOf = (field: OptionField) => (
    <Field
      key={field.name}
      kind={scheme.kind}
      field={field}
      example={exampleOf(scheme.example[field.name])}
      texts={texts}
      onChange={(value) => set(field.name, value)}
    />
  );
  return (
    <>
      {usual.flatMap((name) => fields.filter((one) => one.name === name)).map(fieldOf)}
      {fields.length > usual.length && (
        <details>
          <summary>{t('setup.options', { count: fields.length - usual.length })}</summary>
          <div className={styles.form}>{fields.filter(({ name }) => !usual.includes(name)).map(fieldOf)}</div>
        </details>
      )}
    </>
  );
}

/** What a field shows while it is empty; where a secret comes from is no example of one. */
function exampleOf(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const text = typeof value === 'string' ? value : JSON.stringify(value).replaceAll(/\$\{[^}]*\}/g, '…');
  return text.includes('${') ? undefined : text;
}

function Field(props: {
  readonly kind: string;
  readonly field: OptionField;
  readonly example: string | undefined;
  readonly texts: Readonly<Record<string, string>>;
  readonly onChange: (value: string) => void;
}) {
  const { kind, field, example, texts, onChange } = props;
  const t = useTranslate();
  const text = optionText(kind, field.name);
  const common = {
    size: 'sm',
    label: field.name,
    description: text === undefined ? field.description : t(text),
    placeholder: example ?? (field.kind === 'json' ? t('setup.json') : undefined),
    required: field.required,
    value: texts[field.name] ?? '',
    autoComplete: 'off',
    spellCheck: false,
  } as const;
  if (field.kind === 'json') {
    const error = isWrongJson(field, texts)
      ? t('setup.json.wrong', { example: '{"name": "value"}' })
      : undefined;
    return (
      <Textarea
        {...common}
        rows={3}
        error={error}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  return (
    <TextInput
      {...common}
      type={field.secret ? 'password' : 'text'}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
