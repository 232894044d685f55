/** Most checks that are remembered at a time; one that has not come up for this many others is forgotten. */
const mostChecks = 200_000;

/** An answer whose keys are data has new fields for ever: after this many nothing of it is news any more. */
const mostFacts = 100;

/** Remembers what was found out about each check, so that it is told once. */
export class FindingDedupe {
  #recent = new Map<string, string[]>();
  #earlier = new Map<string, string[]>();

  /** Remembers it; false when it was known. */
  isNew(checkId: string, fact: string): boolean {
    const facts = this.#factsOf(checkId);
    if (facts.includes(fact) || facts.length >= mostFacts) return false;
    facts.push(fact);
    return true;
  }

  /** What is known of a check. */
  of(checkId: string): readonly string[] {
    return this.#recent.get(checkId) ?? this.#earlier.get(checkId) ?? [];
  }

  #factsOf(checkId: string): string[] {
    const recent = this.#recent.get(checkId);
    if (recent !== undefined) return recent;
    if (this.#recent.size >= mostChecks / 2) {
      this.#earlier = this.#recent;
      this.#recent = new Map();
    }
    const facts = this.#earlier.get(checkId) ?? [];
    this.#recent.set(checkId, facts);
    return facts;
  }
}
