const streams =
  /^(?:text\/event-stream|application\/(?:x-ndjson|ndjson|jsonl|x-jsonlines|stream\+json|json-seq|x-json-stream)|multipart\/x-mixed-replace)$/;

/** Records that follow each other for as long as somebody listens. `type` in lower case, without parameters. */
export function isStream(type: string): boolean {
  return streams.test(type);
}
