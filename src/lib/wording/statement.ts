import { wordsIn } from './words.ts';

/** Statements of databases, stores and shells that are sent in an address: `?sql=`, `?cypher=`, `?script=`. */

/** What begins a statement that writes, whichever parameter bears it. */
const writing =
  /^(?:flush(?:all|db)$|rm\s+-|kill\s+-|delete\s+(?:\S+\s+)?from\s|drop\s+(?:table|database|schema|index|user|view|measurement|series|collection|keyspace|role|function|procedure|trigger|shard|subscription|retention)|truncate\s+\S|(?:insert|replace|merge|upsert)\s+into|merge\s+\w+\s+using|merge\s*\(|create\s*\(|(?:insert|delete)\s+(?:data|where)\b|update\s+\S+\s+set|alter\s+(?:table|user|database|role|system|index|view)|create\s+(?:or\s+replace\s+)?(?:unique\s+|temporary\s+)?(?:table|database|user|index|view|role|function|procedure|trigger|schema)|rename\s+table|grant\s.*\sto|revoke\s.*\sfrom|exec(?:ute)?\s+(?:[sx]p_|immediate)|call\s+[\w.]+\s*\(|load\s+data\s|copy\s+\S+\s+from|(?:detach\s+)?delete\s+\w+$|db\.\w+\.(?:drop|remove|delete|insert|update|replace|save)|config\s+set\s)/i;

/** What a statement that begins as a read holds when it writes: `WITH x AS (DELETE …)`, `MATCH (n) DETACH DELETE n`. */
const writesWithin =
  /\b(?:delete\s+(?:\S+\s+)?from|insert\s+into|replace\s+into|merge\s+into|update\s+[\w."`[\]]+\s+set|into\s+(?:outfile|dumpfile)|detach\s+delete)\b/i;
/** As `writesWithin`, of a graph's language alone. */
const writesInGraph = /\b(?:delete|remove|set|merge|create|foreach|drop)\b/i;

/** Parameters that take a statement and nothing else. */
const statementName =
  /^(?:sql|stmt|stmts|statement|statements|script|scripts|cypher|hql|cql|jpql|ksql|psql|plsql|nosql|influxql|aql|n1ql|redis|mongo|lua|groovy|bash|powershell)$/;
/** What such a statement begins with where it only reads. */
const reading =
  /^(?:select|show|desc|describe|explain|with|match|optional|unwind|return|values|table|from|for|use|pragma|get|mget|hget|hgetall|lrange|llen|scan|keys|exists|ttl|type|ping|info|count|find|list|status|ls|cat|echo|date|uptime|whoami|print)$/i;
const changingInside =
  /\b(?:delete|insert|update|replace|merge|drop|truncate|alter|create|grant|revoke|call|exec|execute|into|lock|kill|shutdown|vacuum|reindex|analyze\s+(?:delete|insert|update)|set\s+(?:global|session|password|role)|pg_\w*(?:terminate|cancel|reload)\w*|nextval|setval|lo_(?:unlink|import|export)|get_lock|benchmark|sleep|rm|mv|dd|tee|wget|curl)\b|[>|`]|\$\(/i;

/**
 * The word by which a value is a statement that writes. Where the parameter takes nothing but statements, whatever does not begin
 * as a read is taken for one.
 *
 * @param value In normal form.
 */
export function changingStatement(name: string, value: string): string | undefined {
  const plain = withoutTexts(withoutComments(value));
  const pieces = plain
    .split(';')
    .map((piece) => piece.replace(/^[\s(]+/, '').trim())
    .filter((piece) => piece !== '');
  const statement = pieces.find((piece) => writing.test(piece) || writesWithin.test(piece));
  if (statement !== undefined) return firstWord(writesWithin.exec(statement)?.[0] ?? statement);
  const graph = pieces.find(
    (piece) => /^(?:optional\s+)?match\s*\(/i.test(piece) && writesInGraph.test(piece),
  );
  if (graph !== undefined) return firstWord(writesInGraph.exec(graph)?.[0] ?? graph);
  if (!statementName.test(wordsIn(name).at(-1) ?? '')) return undefined;
  const unknown = pieces.find((piece) => /\W/.test(piece) && !isRead(piece));
  return unknown === undefined ? undefined : firstWord(changingInside.exec(unknown)?.[0] ?? unknown);
}

function isRead(piece: string): boolean {
  return reading.test(firstWord(piece)) && !changingInside.test(piece);
}

function firstWord(text: string): string {
  return /^[^\s(]{1,40}/.exec(text.trim())?.[0].toLowerCase() ?? text.slice(0, 40);
}

function withoutComments(text: string): string {
  return text
    .replace(/\/\*!?\d*/g, ' ')
    .replaceAll('*/', ' ')
    .replace(/(?:--|#)[^\n]*(?:\n|$)/g, (comment) => (comment.includes('\n') ? ' ' : comment));
}

/** What stands between quotation marks is a value: `WHERE action = 'delete from'`. */
function withoutTexts(text: string): string {
  return text.replace(/'[^']*'|"[^"]*"/g, "''");
}
