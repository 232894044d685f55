import { SegmentedControl } from '@mantine/core';
import { useSearchParams } from 'wouter';
import { type IncidentFilter, useIncidents, useOverview } from '../../api/queries.ts';
import { useTranslate } from '../../i18n/translate.ts';
import { IncidentList } from '../../kit/incident-list.tsx';
import { Empty, PageHead, Panel } from '../../kit/panel.tsx';
import { Pages } from '../../kit/pages.tsx';
import { Choice } from '../../kit/choice.tsx';
import { useTitle } from '../../layout/title.ts';

const states = ['open', 'resolved', 'all'] as const;
type State = IncidentFilter['state'];
const isState = (value: string | null): value is State => states.includes(value as State);

/** What is or was wrong. The filter stands in the address. */
export function Incidents() {
  const t = useTranslate();
  useTitle(t('nav.incidents'));
  const [params, setParams] = useSearchParams();
  const given = params.get('state');
  const state = isState(given) ? given : 'open';
  const service = params.get('service') ?? '';
  const overview = useOverview();
  // Without a beginning the server takes the last day, which is short for what is over.
  const query = useIncidents({
    state,
    ...(service === '' ? {} : { service }),
    ...(state === 'open' ? {} : { from: 0 }),
  });
  const change = (name: string, value: string) => {
    setParams((before) => {
      const after = new URLSearchParams(before);
      if (value === '') after.delete(name);
      else after.set(name, value);
      return after;
    });
  };
  return (
    <>
      <PageHead
        title={t('nav.incidents')}
        actions={
          <>
            <Choice
              label={t('incidents.service')}
              value={service}
              onChange={(value) => change('service', value)}
              options={[
                ['', t('incidents.everyService')],
                ...(overview.data?.services ?? []).map(({ name }) => [name, name] as const),
              ]}
            />
            <SegmentedControl
              aria-label={t('incidents.state')}
              value={state}
              onChange={(value) => change('state', value)}
              data={states.map((value) => ({ value, label: t(`incidents.${value}`) }))}
            />
          </>
        }
      />
      <Panel flush>
        <Pages
          query={query}
          empty={
            <Empty title={state === 'open' ? t('overview.nothing') : t('incidents.none')}>
              {state === 'open' ? t('overview.nothing.more') : undefined}
            </Empty>
          }
        >
          {(incidents) => <IncidentList incidents={incidents} />}
        </Pages>
      </Panel>
    </>
  );
}
