import { type Role, roles } from '../../../../src/server/api/roles.ts';
import { useTranslate } from '../../i18n/translate.ts';
import { Choice } from '../../kit/choice.tsx';

export function RoleChoice(props: {
  readonly label: string;
  readonly value: Role;
  readonly onChange: (role: Role) => void;
  readonly labelled?: boolean;
}) {
  const t = useTranslate();
  return <Choice {...props} options={roles.map((role) => [role, t(`role.${role}`)])} />;
}
