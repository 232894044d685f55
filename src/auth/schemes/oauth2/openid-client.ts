import type * as library from 'openid-client';
import { lazy } from '../../../lib/lazy.ts';

/** The certified client, loaded with the first OAuth2 credential that is used. */
export const openidClient = lazy((require) => require('openid-client') as typeof library);
