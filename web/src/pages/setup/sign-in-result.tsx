import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { SignInTrial } from '../../../../src/server/api/setup.ts';
import { useTranslate } from '../../i18n/translate.ts';
import { Code } from '../../kit/code.tsx';
import { VerdictMark } from '../../kit/verdict.tsx';
import type { Options } from './proposals.ts';
import { Problems } from './problems.tsx';
import styles from './setup.module.css';

const marks = { verified: 'pass', refused: 'fail', 'not verified': 'unknown' } as const;

/** What came of it, what the server answered, and how that was read. */
export function SignInResult(props: {
  readonly trial: SignInTrial;
  readonly options: Options;
  readonly isLogin: boolean;
  readonly isPending: boolean;
  readonly retry: (options: Options) => void;
}) {
  const { trial, options, isLogin, isPending, retry } = props;
  const t = useTranslate();
  const { verdict, why, operation } = trial;
  const read = { ...options, ...trial.learned };
  const failed = trial.steps.findLast(({ ok }) => !ok);
  return (
    <div className={styles.result} role="status">
      <p>
        <VerdictMark mark={marks[verdict]} /> <b>{t(`setup.verdict.${verdict}`)}</b>
        {operation === undefined ? '' : ` · ${operation}`}
        {(verdict !== 'refused' || failed === undefined) && <small> {why}</small>}
      </p>
      {verdict === 'refused' && failed !== undefined && (
        <p className={styles.problem}>{failed.details.find((detail) => !/^[<>] /.test(detail))}</p>
      )}
      {isLogin && verdict !== 'refused' && <p>{readingText()}</p>}
      {isLogin && <Change key={JSON.stringify(read)} read={read} isPending={isPending} retry={retry} />}
      {trial.answer !== undefined && (
        <details>
          <summary>{t('setup.answer')}</summary>
          <Code text={trial.answer} label={t('setup.answer')} />
        </details>
      )}
      <details>
        <summary>{t('setup.steps')}</summary>
        <ul className={styles.plain}>
          {trial.steps.map(({ title, ok, details }) => (
            <li key={title}>
              <VerdictMark mark={ok ? 'pass' : 'fail'} /> {title}
              {details.map((detail) => (
                <small key={detail}>{detail}</small>
              ))}
            </li>
          ))}
        </ul>
      </details>
      <Problems problems={trial.problems} />
    </div>
  );

  function readingText(): string {
    const token = textOf(read['token']);
    const found = token === '' ? t('setup.read.cookies') : t('setup.read.token', { path: token });
    const success = textOf(read['success']);
    return success === '' ? found : `${found} ${t('setup.read.success', { rule: success })}`;
  }
}

/** `$.data.token`; `{"header":"X-Token"}` as JSON. */
function textOf(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function Change(props: {
  readonly read: Options;
  readonly isPending: boolean;
  readonly retry: (options: Options) => void;
}) {
  const { read, isPending, retry } = props;
  const t = useTranslate();
  const [token, setToken] = useState(textOf(read['token']));
  const [success, setSuccess] = useState(textOf(read['success']));
  return (
    <details>
      <summary>{t('setup.read.change')}</summary>
      <div className={styles.form}>
        <TextInput
          size="sm"
          label={t('setup.read.tokenAt')}
          placeholder="$.data.token"
          value={token}
          onChange={(event) => setToken(event.currentTarget.value)}
        />
        <TextInput
          size="sm"
          label={t('setup.read.successIs')}
          placeholder="$.code == 200"
          value={success}
          onChange={(event) => setSuccess(event.currentTarget.value)}
        />
        <Button
          size="sm"
          loading={isPending}
          onClick={() =>
            retry({ token: written(token), success: success.trim() === '' ? undefined : success.trim() })
          }
        >
          {t('setup.read.again')}
        </Button>
      </div>
    </details>
  );
}

function written(text: string): unknown {
  const plain = text.trim();
  if (plain === '') return undefined;
  try {
    return JSON.parse(plain) as unknown;
  } catch {
    return plain;
  }
}
