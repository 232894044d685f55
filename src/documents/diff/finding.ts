/** One difference, in the words of a person: `property "total" removed`. */
export interface Finding {
  readonly breaking: boolean;
  readonly text: string;
}

export function breaks(text: string): Finding {
  return { breaking: true, text };
}

export function differs(text: string): Finding {
  return { breaking: false, text };
}

/** `findings` with the place that they are about in front. */
export function under(place: string, findings: readonly Finding[]): readonly Finding[] {
  return findings.map(({ breaking, text }) => ({ breaking, text: `${place}: ${text}` }));
}

/** A value as it stands in a message; long ones are cut. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
