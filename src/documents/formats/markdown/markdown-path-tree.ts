interface Node<T> {
  readonly items: T[];
  readonly children: Map<string, Node<T>>;
}

/** Beyond this, a path has more ways through its parameters than anybody means. */
const maxSteps = 500;

/** Things by the template of their path (`/orders/{id}`), found by a path that is an instance of it. */
export class PathTree<T> {
  readonly #root: Node<T> = { items: [], children: new Map() };

  add(template: string, item: T): void {
    let node = this.#root;
    for (const segment of segmentsOf(template)) {
      const next = node.children.get(segment) ?? { items: [], children: new Map() };
      node.children.set(segment, next);
      node = next;
    }
    node.items.push(item);
  }

  /** All that the path is an instance of, with what stands at the places of parameters. */
  find(path: string): { readonly item: T; readonly values: readonly string[] }[] {
    const segments = segmentsOf(path);
    let ways: { readonly node: Node<T>; readonly values: readonly string[] }[] = [
      { node: this.#root, values: [] },
    ];
    let steps = 0;
    for (const segment of segments) {
      if ((steps += ways.length) > maxSteps) return [];
      ways = ways.flatMap(({ node, values }) => {
        const literal = node.children.get(segment);
        const parameter = segment === anything ? undefined : node.children.get(anything);
        return [
          ...(literal === undefined ? [] : [{ node: literal, values }]),
          ...(parameter === undefined ? [] : [{ node: parameter, values: [...values, segment] }]),
        ];
      });
    }
    return ways.flatMap(({ node, values }) => node.items.map((item) => ({ item, values })));
  }
}

const anything = '{}';

function segmentsOf(path: string): string[] {
  return path
    .replace(/\{[^{}]*\}/g, anything)
    .split('/')
    .filter((segment) => segment !== '');
}
