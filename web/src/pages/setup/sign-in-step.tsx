import { Button, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SignInScheme, SignInTrial } from '../../../../src/server/api/setup.ts';
import { api } from '../../api/client.ts';
import { useTranslate } from '../../i18n/translate.ts';
import { Choice } from '../../kit/choice.tsx';
import { Fault } from '../../kit/loaded.tsx';
import { VerdictMark } from '../../kit/verdict.tsx';
import { requestOf, type StepProps } from './draft.ts';
import { type OptionField, optionFields, readOptions } from './option-fields.ts';
import { optionText, schemeFor } from './option-text.ts';
import styles from './setup.module.css';

interface Schemes {
  readonly items: readonly SignInScheme[];
}

/** How one signs in to the interfaces, tried once; or that one does not. */
export function SignInStep({
  number,
  draft,
  open,
  change,
  done,
  wanted,
}: StepProps & { readonly wanted: readonly string[] }) {
  const t = useTranslate();
  const schemes = useQuery({
    queryKey: ['schemes'],
    queryFn: () => api.get<Schemes>('/setup/schemes'),
    enabled: open,
  });
  const asked = schemeFor(wanted);
  const [picked, setKind] = useState<string>();
  const kind = picked ?? asked ?? '';
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({});
  const scheme = schemes.data?.items.find((one) => one.kind === kind);
  const usual = Object.keys(scheme?.example ?? {});
  const fields = optionFields(scheme?.schema);
  const credential = kind === '' ? undefined : { scheme: kind, options: readOptions(fields, texts) };
  const trial = useMutation({
    mutationFn: () => {
      const { docs, baseUrl } = requestOf(draft);
      return api.post<SignInTrial>('/setup/sign-in', {
        docs,
        baseUrl,
        credential,
      });
    },
    onSuccess: ({ ok }) => {
      if (!ok) return;
      change({ credential });
      done();
    },
  });
  const fieldOf = (name: string) => {
    const field = fields.find((one) => one.name === name);
    if (field === undefined) return null;
    return (
      <Field
        key={name}
        kind={kind}
        field={field}
        example={exampleOf(scheme?.example[name])}
        value={texts[name] ?? ''}
        onChange={(value) => setTexts((before) => ({ ...before, [name]: value }))}
      />
    );
  };
  return (
    <section className={styles.step} data-open={open}>
      <h2>
        <i>{number}</i> {t('setup.signIn')}
      </h2>
      {open && (
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            if (credential === undefined) {
              change({ credential: undefined });
              done();
            } else trial.mutate();
          }}
        >
          {schemes.error !== null && <Fault error={schemes.error} />}
          <Choice
            labelled
            label={t('setup.scheme')}
            value={kind}
            onChange={(value) => {
              setKind(value);
              setTexts({});
              trial.reset();
            }}
            options={[
              ['', t('setup.noSignIn')],
              ...(schemes.data?.items ?? []).map(
                ({ kind: one, title }) => [one, `${title} (${one})`] as const,
              ),
            ]}
          />
          {asked !== undefined && asked === kind && <p className={styles.note}>{t('setup.asked')}</p>}
          {usual.map((name) => fieldOf(name))}
          {fields.length > usual.length && (
            <details>
              <summary>{t('setup.options', { count: fields.length - usual.length })}</summary>
              <div className={styles.form}>
                {fields.filter(({ name }) => !usual.includes(name)).map(({ name }) => fieldOf(name))}
              </div>
            </details>
          )}
          {trial.error !== null && <Fault error={trial.error} />}
          <Button type="submit" size="sm" variant="filled" loading={trial.isPending}>
            {kind === '' ? t('setup.without') : t('setup.try')}
          </Button>
          {trial.data !== undefined && <Steps trial={trial.data} />}
        </form>
      )}
    </section>
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
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const { kind, field, example, value, onChange } = props;
  const t = useTranslate();
  const text = optionText(kind, field.name);
  const common = {
    size: 'sm',
    label: field.name,
    description: text === undefined ? field.description : t(text),
    placeholder: example ?? (field.kind === 'json' ? t('setup.json') : undefined),
    required: field.required,
    value,
    autoComplete: 'off',
  } as const;
  if (field.kind === 'json') {
    return <Textarea {...common} rows={3} onChange={(event) => onChange(event.currentTarget.value)} />;
  }
  return (
    <TextInput
      {...common}
      type={field.secret ? 'password' : 'text'}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

function Steps({ trial }: { trial: SignInTrial }) {
  const t = useTranslate();
  return (
    <div className={styles.result} role="status">
      <p>
        <b>{trial.ok ? t('setup.signedIn') : t('setup.notSignedIn')}</b>
      </p>
      <ul className={styles.plain}>
        {trial.steps.map(({ title, ok, details }) => (
          <li key={title}>
            <VerdictMark mark={ok ? 'pass' : 'fail'} /> {title}
            {details.map((detail) => (
              <small key={detail}>{detail}</small>
            ))}
          </li>
        ))}
        {trial.problems.map(({ message, hint, code }) => (
          <li key={`${code} ${message}`} className={styles.problem}>
            {message} {hint !== undefined && <small>→ {hint}</small>}
          </li>
        ))}
      </ul>
    </div>
  );
}
