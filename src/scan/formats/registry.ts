import type { Format } from '../format.ts';
import { markdown } from './markdown.ts';
import { openapi } from './openapi.ts';
import { postman } from './postman.ts';
import { swagger } from './swagger.ts';

/** Every readable kind of document. The one that is surest of its own (`detect`) reads. */
export const formats: readonly Format[] = [openapi, swagger, postman, markdown];
