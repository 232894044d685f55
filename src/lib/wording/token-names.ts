/** What a token is called alone or behind what it is for; of all lists below. */
const usual = 'token|jwt|jwt_?token|auth_?token|user_?token|login_?token|x_?token|satoken';

/** What tokens are called in answers, the likeliest first; one that only gets the next is none of them. */
export const tokenNames: readonly RegExp[] = [
  /^access_?token$/i,
  new RegExp(`^(?:${usual}|api_?token)$`, 'i'),
  /^token_?(?:value|str|info)$|^authorization$/i,
  /^id_?token$|^(?:session|ticket|sid|session_?id)$/i,
];

/** The same in what a document says of an answer, where nobody sees whether the value looks like one. */
export const documentedTokenName = new RegExp(
  `^(?:access_?token|${usual}|token_?value|id_?token|ticket|session_?(?:id|key|token))$`,
  'i',
);

/** As they are written most often, for a query over an answer that nobody has described. */
export const commonTokenNames = [
  'token',
  'accessToken',
  'access_token',
  'ticket',
  'satoken',
  'tokenValue',
  'jwt',
] as const;

/** Wherever it is in a name: an answer with such a member gives something. */
export const soundsLikeToken = /token|ticket|jwt|session/i;
