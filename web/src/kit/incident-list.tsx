import { BellOff, UserCheck } from 'lucide-react';
import { Link } from 'wouter';
import type { Incident } from '../../../src/server/api/incidents.ts';
import { useTranslate } from '../i18n/translate.ts';
import { whoText } from './audit-text.ts';
import { useFormat } from './format.ts';
import { membersText } from './members-text.ts';
import { placeText } from './place-text.ts';
import { useNow } from './now.ts';
import { VerdictMark } from './verdict.tsx';
import { Said } from './said.tsx';
import styles from './incident-list.module.css';

/** Incidents as rows: what, why, how much of it, since when, who has it. */
export function IncidentList({ incidents }: { incidents: readonly Incident[] }) {
  return (
    <ul className={styles.list}>
      {incidents.map((incident) => (
        <li key={incident.id}>
          <Row incident={incident} />
        </li>
      ))}
    </ul>
  );
}

function Row({ incident }: { incident: Incident }) {
  const t = useTranslate();
  const format = useFormat();
  const now = useNow();
  const { cause, members } = incident;
  const place = placeText(incident, t);
  const over = incident.resolvedAt !== undefined;
  const well = over || incident.state === 'recovering';
  return (
    <Link href={`/incidents/${incident.id}`} className={styles.row} data-row data-over={over}>
      <VerdictMark mark={well ? 'pass' : incident.verdict} />
      <span className={styles.what}>
        <span className={styles.first}>
          <b>
            {place !== '' && <span className={styles.place}>{place} · </span>}
            {incident.label}
          </b>
          <span className={styles.chip}>{t(`level.${cause.level}`)}</span>
          {well && !over && <span className={styles.chip}>{t('incident.recovering')}</span>}
          {incident.severity === 'critical' && (
            <span className={styles.critical}>{t('severity.critical')}</span>
          )}
          {members.count > 1 && <span>{membersText(members, t)}</span>}
        </span>
        <span className={styles.why}>
          <Said text={incident.reason.message} />
        </span>
      </span>
      <span className={styles.when}>
        <span title={format.full(incident.since)}>
          {over
            ? t('incident.lasted', { span: format.span((incident.failedUntil ?? now) - incident.since) })
            : t('incident.for', { span: format.span(now - incident.since) })}
        </span>
        <span className={styles.who}>
          {over && format.time(incident.since)}
          {incident.acknowledged !== undefined && (
            <>
              <UserCheck size={12} aria-label={t('incident.acknowledged')} />{' '}
              {whoText(t, incident.acknowledged.by)}
            </>
          )}
          {incident.silenced && <BellOff size={12} aria-label={t('incident.silenced')} />}
          <code>#{incident.id}</code>
        </span>
      </span>
    </Link>
  );
}
