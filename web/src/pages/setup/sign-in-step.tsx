import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SignInProposal, SignInScheme, SignInTrial } from '../../../../src/server/api/setup.ts';
import { api } from '../../api/client.ts';
import { useTranslate } from '../../i18n/translate.ts';
import { Choice } from '../../kit/choice.tsx';
import { Fault } from '../../kit/loaded.tsx';
import { requestOf, type StepProps } from './draft.ts';
import { isWrongJson, optionFields, readOptions } from './option-fields.ts';
import { filledOptions, type Options, ownLogin } from './proposals.ts';
import { ProposalFields, SchemeFields } from './sign-in-fields.tsx';
import { SignInResult } from './sign-in-result.tsx';
import styles from './setup.module.css';
import { useTurn } from './use-turn.ts';

interface Schemes {
  readonly items: readonly SignInScheme[];
}

/** How one signs in to the interfaces, as their documents say it, tried and proved once; or that one does not. */
export function SignInStep({
  number,
  draft,
  open,
  change,
  done,
  proposals,
}: StepProps & { readonly proposals: readonly SignInProposal[] }) {
  const t = useTranslate();
  const turn = useTurn(open);
  const schemes = useQuery({
    queryKey: ['schemes'],
    queryFn: () => api.get<Schemes>('/setup/schemes'),
    enabled: open,
  });
  const [picked, pick] = useState<string>();
  const choice = picked ?? (proposals.length === 0 ? '' : '0');
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({});
  const [changed, setChanged] = useState<Options>({});
  const scheme = schemes.data?.items.find((one) => one.kind === choice);
  const proposal =
    choice === ownLogin.credential.scheme ? ownLogin : proposals[Number(choice === '' ? -1 : choice)];
  const fields = optionFields(scheme?.schema);
  const credential = credentialOf();
  const trial = useMutation({
    mutationFn: (asked: NonNullable<typeof credential>) => {
      const { docs, baseUrl, docsCredential, ca } = requestOf(draft);
      return api.post<SignInTrial>('/setup/sign-in', {
        docs,
        baseUrl,
        docsCredential,
        ca,
        credential: asked,
      });
    },
    onSuccess: ({ ok, learned }, { scheme: kind, options }) => {
      if (!ok) return;
      change({ credential: { scheme: kind, options: { ...options, ...learned } } });
      done();
    },
  });

  function credentialOf() {
    if (proposal !== undefined)
      return {
        scheme: proposal.credential.scheme,
        options: { ...filledOptions(proposal, texts), ...changed },
      };
    return scheme === undefined ? undefined : { scheme: choice, options: readOptions(fields, texts) };
  }

  const set = (name: string, value: string) => setTexts((before) => ({ ...before, [name]: value }));
  const retry = (options: Options) => {
    setChanged(options);
    if (credential !== undefined)
      trial.mutate({ ...credential, options: { ...credential.options, ...options } });
  };
  return (
    <section className={styles.step} data-open={open} ref={turn}>
      <h2>
        <i>{number}</i> {t('setup.signIn')}
      </h2>
      {open && (
        <>
          <form
            className={styles.form}
            onSubmit={(event) => {
              event.preventDefault();
              if (credential === undefined) {
                change({ credential: undefined });
                done();
              } else if (!fields.some((field) => proposal === undefined && isWrongJson(field, texts)))
                trial.mutate(credential);
            }}
          >
            {schemes.error !== null && <Fault error={schemes.error} />}
            <Choice
              labelled
              label={t('setup.scheme')}
              value={choice}
              onChange={(value) => {
                pick(value);
                setTexts({});
                setChanged({});
                trial.reset();
              }}
              options={[
                ...proposals.map((one, index) => [String(index), titleOf(one)] as const),
                ['', t('setup.noSignIn')],
                ...(schemes.data?.items ?? []).map(
                  ({ kind, title }) => [kind, `${title} (${kind})`] as const,
                ),
              ]}
            />
            {proposal !== undefined && proposal !== ownLogin && (
              <p className={styles.note}>
                {proposal.operation === undefined
                  ? t('setup.asked')
                  : t('setup.asked.login', { operation: proposal.operation })}
              </p>
            )}
            {proposal === undefined ? (
              scheme !== undefined && <SchemeFields scheme={scheme} fields={fields} texts={texts} set={set} />
            ) : (
              <ProposalFields proposal={proposal} texts={texts} set={set} />
            )}
            {trial.error !== null && <Fault error={trial.error} />}
            <Button type="submit" size="sm" variant="filled" loading={trial.isPending}>
              {choice === '' ? t('setup.without') : t('setup.try')}
            </Button>
          </form>
          {trial.data !== undefined && (
            <SignInResult
              trial={trial.data}
              options={trial.variables?.options ?? {}}
              isLogin={trial.variables?.scheme === ownLogin.credential.scheme}
              isPending={trial.isPending}
              retry={retry}
            />
          )}
        </>
      )}
    </section>
  );

  function titleOf({ operation, securityScheme, credential: { scheme: kind } }: SignInProposal): string {
    const title = schemes.data?.items.find((one) => one.kind === kind)?.title ?? kind;
    return `${title} · ${operation ?? securityScheme ?? kind}`;
  }
}
