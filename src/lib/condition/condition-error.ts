/** A condition that cannot be read: what was found, what was expected, and where all of them are described. */
export class ConditionError extends Error {
  override readonly name = 'ConditionError';

  constructor(found: string, expected: string) {
    super(
      `is no condition: found ${found}, expected ${expected}; write for example \`$.code == 0\`, ` +
        '`$.data.rows is not empty` or `header etag exists` (all of them: docs/guide/conditions.md)',
    );
  }
}
