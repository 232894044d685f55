import { useTranslate } from '../../i18n/translate.ts';
import { Choice } from '../../kit/choice.tsx';

const roles = ['viewer', 'operator', 'admin'] as const;

export function RoleChoice(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (role: string) => void;
  readonly labelled?: boolean;
}) {
  const t = useTranslate();
  return <Choice {...props} options={roles.map((role) => [role, t(`role.${role}`)])} />;
}
