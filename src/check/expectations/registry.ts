import type { ExpectationKind } from '../expectation.ts';
import { anonymous } from './anonymous.ts';
import { certificate } from './certificate.ts';
import { contentType } from './content-type.ts';
import { drift } from './drift.ts';
import { envelope } from './envelope.ts';
import { graphql } from './graphql.ts';
import { latency } from './latency.ts';
import { schema } from './schema.ts';
import { status } from './status.ts';
import { that } from './that.ts';

/** Every promise that an answer can be held against; the config's `expect:` keys name them. The first one leads. */
export const expectations: readonly ExpectationKind[] = [
  status,
  contentType,
  envelope,
  graphql,
  schema,
  that,
  anonymous,
  latency,
  certificate,
  drift,
];
