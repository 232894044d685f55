import type { ReactNode } from 'react';
import styles from './panel.module.css';

/** One framed region of a page. */
export function Panel(props: {
  readonly title?: ReactNode;
  readonly aside?: ReactNode;
  /** The content reaches the frame: for tables and lists. */
  readonly flush?: boolean;
  readonly tone?: 'fail' | 'degraded';
  readonly children: ReactNode;
}) {
  const { title, aside, flush, tone, children } = props;
  return (
    <section className={styles.panel} data-tone={tone}>
      {title !== undefined && (
        <header className={styles.head}>
          <h2>{title}</h2>
          {aside !== undefined && <div className={styles.aside}>{aside}</div>}
        </header>
      )}
      <div className={flush === true ? styles.flush : styles.body}>{children}</div>
    </section>
  );
}

/** Headline of a page with what can be done on it. */
export function PageHead(props: {
  readonly title: ReactNode;
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
}) {
  return (
    <header className={styles.page}>
      <div className={styles.pageTitle}>
        <h1>{props.title}</h1>
        {props.note !== undefined && <div className={styles.note}>{props.note}</div>}
      </div>
      {props.actions !== undefined && <div className={styles.actions}>{props.actions}</div>}
    </header>
  );
}

/** What stands where there is nothing to show: why, and what would change that. */
export function Empty({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <strong>{title}</strong>
      {children !== undefined && <div>{children}</div>}
    </div>
  );
}

/** Name and value pairs. */
export function Facts({ facts }: { facts: readonly (readonly [ReactNode, ReactNode])[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value], index) => (
        <div key={index}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
