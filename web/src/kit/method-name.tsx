import styles from './method-name.module.css';

/** The HTTP method, in a column of its own width. */
export function MethodName({ method }: { method: string }) {
  return (
    <span className={styles.method} data-safe={/^(GET|HEAD|OPTIONS|QUERY)$/.test(method)}>
      {method}
    </span>
  );
}
