import { sentence } from '../../../messages/sentence.ts';
import type { Sentence } from '../../../model/sentence.ts';
import { inEnglish } from '../../../messages/in-language.ts';
import { isObject, type Json, type JsonObject } from '../../../model/json.ts';
import type { Problem } from '../../../model/problem.ts';
import type { RawDocument, ReadContext } from '../format.ts';
import { limits } from '../../limits.ts';
import { keysOf, memberOf, step } from './pointer.ts';
import { walkReferences } from './walk-references.ts';

/** A value and where it stands. */
export interface Located<T = Json> {
  readonly value: T;
  readonly file: RawDocument;
  readonly pointer: string;
}

/**
 * Follows `$ref`s, one at a time and only when asked. The files that a document refers to are loaded beforehand,
 * so that following is synchronous; nothing is ever dereferenced as a whole.
 */
export class References {
  readonly entry: RawDocument;
  readonly problems: Problem[] = [];
  readonly #files = new Map<string, RawDocument | Problem>();
  /** `$id` and `$anchor`, by `uri#name` or identifier. */
  readonly #named = new Map<string, Located>();
  /** Schemas with an `$id` by file: inside them `#/…` means the schema, not the file. */
  readonly #resources = new Map<string, Located[]>();
  readonly #reported = new Set<string>();
  /** Targets by file and reference: the same few are asked for thousands of times. */
  readonly #located = new Map<RawDocument, Map<string, Located>>();

  private constructor(entry: RawDocument) {
    this.entry = entry;
  }

  static async open(entry: RawDocument, context: ReadContext): Promise<References> {
    const references = new References(entry);
    await references.#loadAll(context);
    return references;
  }

  /** The target of a reference that stands in `from`; a broken one is reported once. */
  locate(reference: string, from: RawDocument, at: string): Located | undefined {
    const before = this.#located.get(from);
    const seen = before?.get(reference);
    if (seen !== undefined && seen.pointer !== at) return seen;
    const found = this.#find(reference, from, at);
    // Inside of a schema with an `$id` the same reference may lead elsewhere.
    if (found === undefined || this.#resources.size > 0) return found;
    if (before === undefined) this.#located.set(from, new Map([[reference, found]]));
    else before.set(reference, found);
    return found;
  }

  #find(reference: string, from: RawDocument, at: string): Located | undefined {
    const [filePart, fragment] = split(reference);
    const known = this.#named.get(reference) ?? this.#named.get(`${from.uri}${reference}`);
    if (known !== undefined) return known;
    const file = filePart === '' ? from : this.#files.get(fileKey(from.uri, filePart));
    if (file === undefined || 'level' in file) {
      this.#reportFile(file, reference, from, at);
      return undefined;
    }
    if (fragment !== '' && !fragment.startsWith('/')) {
      const anchored = this.#named.get(`${file.uri}#${fragment}`);
      if (anchored === undefined) this.#reportMissing(reference, from, at);
      return anchored;
    }
    const found = this.#descend(rootOf(file), fragment, at) ?? this.#inResource(file, fragment, at);
    if (found === undefined) this.#reportMissing(reference, from, at);
    return found;
  }

  #inResource(file: RawDocument, fragment: string, at: string): Located | undefined {
    const around = this.#resources
      .get(file.uri)
      ?.filter(({ pointer }) => at === pointer || at.startsWith(`${pointer}/`));
    const nearest = around?.toSorted((a, b) => b.pointer.length - a.pointer.length)[0];
    return nearest === undefined ? undefined : this.#descend(nearest, fragment, at);
  }

  /** The name of a target for the schema pool: as written inside the entry, with the file's uri elsewhere. */
  keyOf(reference: string, target: Located): string {
    if (target.file !== this.entry) return `${target.file.uri}#${target.pointer}`;
    const plain = `#${target.pointer}`;
    if (!reference.startsWith('#/') || reference === plain) return plain;
    // Another spelling of the same pointer (`%20`) is the author's name for it.
    return keysOf(reference.slice(1)).reduce<string>(step, '') === target.pointer ? reference : plain;
  }

  /** What stands at a place once its `$ref`s are followed; what stands beside a `$ref` is laid over its target. */
  follow(place: Located<Json | undefined>): Located<JsonObject> | undefined {
    let { value, file, pointer } = place;
    let beside: JsonObject = {};
    for (let hop = 0; hop < limits.refChain; hop++) {
      if (!isObject(value)) return undefined;
      const reference: Json | undefined = value['$ref'];
      if (typeof reference !== 'string') {
        const whole = Object.keys(beside).length === 0 ? value : { ...value, ...beside };
        return { value: whole, file, pointer };
      }
      const { $ref: _, ...siblings } = value;
      beside = { ...siblings, ...beside };
      const target = this.locate(reference, file, pointer);
      if (target === undefined)
        return Object.keys(beside).length === 0 ? undefined : { value: beside, file, pointer };
      ({ value, file, pointer } = target);
    }
    this.report('ref-cycle', sentence('refersInCircle'), place.file, place.pointer);
    return undefined;
  }

  /** `follow` for a member of an object. */
  member(of: Located<JsonObject>, key: string): Located<JsonObject> | undefined {
    const value = memberOf(of.value, key);
    return value === undefined
      ? undefined
      : this.follow({ value, file: of.file, pointer: step(of.pointer, key) });
  }

  report(
    code: string,
    message: Sentence,
    file: RawDocument,
    pointer: string,
    more: Pick<Problem, 'hint'> & { readonly level?: Problem['level'] } = {},
  ): void {
    const key = `${code} ${file.uri} ${pointer} ${inEnglish(message)}`;
    if (this.#reported.has(key) || this.problems.length >= limits.problems) return;
    this.#reported.add(key);
    this.problems.push({ level: 'error', code, message, file: file.uri, pointer, ...more });
  }

  #descend(root: Located<Json | undefined>, fragment: string, at: string): Located | undefined {
    let here = root;
    for (const key of keysOf(fragment)) {
      let inside = memberOf(here.value, key);
      if (
        inside === undefined &&
        isObject(here.value) &&
        typeof here.value['$ref'] === 'string' &&
        here.pointer !== at
      ) {
        here = this.follow(here) ?? here;
        inside = memberOf(here.value, key);
      }
      if (inside === undefined) return undefined;
      here = { value: inside, file: here.file, pointer: step(here.pointer, key) };
    }
    return here.value === undefined ? undefined : { ...here, value: here.value };
  }

  async #loadAll(context: ReadContext): Promise<void> {
    let fresh: readonly RawDocument[] = [this.entry];
    const seen = new Set([this.entry.uri]);
    while (fresh.length > 0 && !context.signal.aborted) {
      const wanted = new Map<string, readonly [from: RawDocument, filePart: string]>();
      for (const file of fresh) {
        for (const part of this.#index(file)) wanted.set(fileKey(file.uri, part), [file, part]);
      }
      const loaded = await Promise.all(
        [...wanted].map(async ([key, [from, part]]) => {
          const file = await context.load(part, from.uri);
          const known = !('level' in file) && file.uri === this.entry.uri ? this.entry : file;
          this.#files.set(key, known);
          return known;
        }),
      );
      fresh = loaded.flatMap((file) => ('level' in file || seen.has(file.uri) ? [] : [file]));
      for (const file of fresh) seen.add(file.uri);
      fresh = fresh.filter((file, index) => fresh.findIndex(({ uri }) => uri === file.uri) === index);
    }
  }

  /** Notes what a file names and returns the other files that it refers to. */
  #index(file: RawDocument): ReadonlySet<string> {
    const parts = new Set<string>();
    if (!mayLeadOutside.test(file.text)) return parts;
    walkReferences(rootOf(file).value, (node, pointer) => {
      const { $ref, $id, $anchor, $dynamicAnchor } = node;
      if (typeof $ref === 'string' && !$ref.startsWith('#')) parts.add(split($ref)[0]);
      if (typeof $id === 'string' && $id !== '')
        this.#identify($id, { value: node, file, pointer: pointer() });
      for (const anchor of [$anchor, $dynamicAnchor]) {
        if (typeof anchor === 'string')
          this.#named.set(`${file.uri}#${anchor}`, { value: node, file, pointer: pointer() });
      }
    });
    for (const part of parts) {
      if (part === this.entry.data?.['$self']) this.#files.set(fileKey(file.uri, part), this.entry);
      else if (!this.#isLocalName(part, file) && !this.#named.has(part)) continue;
      parts.delete(part);
    }
    return parts;
  }

  #identify(id: string, resource: Located): void {
    this.#named.set(id, resource);
    const known = this.#resources.get(resource.file.uri) ?? [];
    this.#resources.set(resource.file.uri, [...known, resource]);
  }

  /** `$ref: Pet` without `#/definitions/` is a slip that old tools accept. */
  #isLocalName(name: string, file: RawDocument): boolean {
    const homes = [['definitions'], ['components', 'schemas']];
    for (const home of homes) {
      const pointer = [...home, name].reduce<string>(step, '');
      const value = [...home, name].reduce<Json | undefined>(memberOf, file.data);
      if (value === undefined) continue;
      this.#named.set(name, { value, file, pointer });
      return true;
    }
    return false;
  }

  #reportFile(problem: Problem | undefined, reference: string, from: RawDocument, at: string): void {
    if (problem === undefined) this.#reportMissing(reference, from, at);
    else if (problem.code === 'ref-outside-source') {
      const { hint } = problem;
      this.report(problem.code, problem.message, from, at, { hint });
    } else if (problem.code === 'too-many-files' || problem.code === 'document-too-large') {
      this.report(problem.code, problem.message, this.entry, '');
    } else {
      const message = sentence('refersTo', {
        reference: JSON.stringify(reference),
        file: problem.file ?? reference,
        why: problem.message,
      });
      this.report('ref-not-found', message, from, at);
    }
  }

  #reportMissing(reference: string, from: RawDocument, at: string): void {
    const message = sentence('refersToNothing', { reference: JSON.stringify(reference) });
    this.report('ref-not-found', message, from, at);
  }
}

function rootOf(file: RawDocument): Located<Json | undefined> {
  return { value: file.data ?? file.items, file, pointer: '' };
}

/** A `$ref` that does not begin with `#`, or a name that a `$ref` may use: without one a file need not be walked. */
const mayLeadOutside = /\$ref["']?\s*:\s*(?:>-?|\|-?)?\s*["']?[^#"'\s{]|\$(?:id|anchor|dynamicAnchor)\b/;

function split(reference: string): readonly [file: string, fragment: string] {
  const hash = reference.indexOf('#');
  return hash === -1 ? [reference, ''] : [reference.slice(0, hash), reference.slice(hash + 1)];
}

function fileKey(from: string, part: string): string {
  return `${from}\n${part}`;
}
