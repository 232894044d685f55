import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { Session } from '../../../../src/server/api/access.ts';
import { api } from '../../api/client.ts';
import { root } from '../../api/root.ts';
import { queryClient } from '../../api/queries.ts';
import { useTranslate } from '../../i18n/translate.ts';

/** Who is signed in, and the way out. Nothing where nobody has to sign in. */
export function SessionLine({ session }: { session: Session }) {
  const t = useTranslate();
  const leave = useMutation({
    mutationFn: () => api.delete('/session'),
    onSuccess: () => {
      queryClient.clear();
      queryClient.setQueryData(['session'], null);
      location.assign(`${root}/`);
    },
  });
  if (session.via === 'open') return null;
  return (
    <>
      <span>
        {session.user} · {t(`role.${session.role}`)}
      </span>
      {session.via !== 'proxy' && (
        <Button loading={leave.isPending} onClick={() => leave.mutate()}>
          {t('signIn.leave')}
        </Button>
      )}
    </>
  );
}
