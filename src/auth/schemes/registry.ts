import type { Scheme } from '../scheme.ts';
import { apiKey } from './api-key.ts';
import { basic } from './basic.ts';
import { bearer } from './bearer.ts';
import { login } from './login.ts';
import { oauth2ClientCredentials } from './oauth2-client-credentials.ts';

/** Every way to sign in; the config's `scheme:` names one. */
export const schemes: readonly Scheme[] = [bearer, apiKey, basic, login, oauth2ClientCredentials];
