import type { Incident } from '../../../src/server/api/incidents.ts';
import type { Translate } from '../i18n/translate.ts';

const named = 3;

/** The services in front of what an incident is about: `orders, users`; empty where that is the service itself. */
export function placeText({ services, label }: Pick<Incident, 'services' | 'label'>, t: Translate): string {
  const others = services.filter((name) => name !== label);
  const more = others.length > named ? ' …' : '';
  return `${others.slice(0, named).join(t('list.comma'))}${more}`;
}
