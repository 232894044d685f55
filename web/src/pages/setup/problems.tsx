import type { ScanPreview } from '../../../../src/server/api/setup.ts';
import { Said } from '../../kit/said.tsx';
import styles from './setup.module.css';

/** What is wrong with documents, each with where: the sentence goes on from there. What is only worth knowing is no alarm. */
export function Problems({ problems }: Pick<ScanPreview, 'problems'>) {
  if (problems.length === 0) return undefined;
  return (
    <ul className={styles.plain}>
      {problems.map(({ level, message, hint, file, pointer, code }) => (
        <li
          key={`${file ?? ''} ${pointer ?? ''} ${code} ${message}`}
          className={level === 'info' ? styles.remark : styles.problem}
        >
          {file !== undefined && <code>{file}</code>} <Said text={message} />{' '}
          {hint !== undefined && (
            <small>
              → <Said text={hint} />
            </small>
          )}
        </li>
      ))}
    </ul>
  );
}
