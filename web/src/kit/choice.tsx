import { NativeSelect } from '@mantine/core';

/** One of a few, as the browser's own list: known to every phone and every reader. */
export function Choice<Value extends string>(props: {
  readonly label: string;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly options: readonly (readonly [value: Value, label: string])[];
  /** The label stands above it; else it is for readers alone. */
  readonly labelled?: boolean;
}) {
  const { label, value, onChange, options, labelled } = props;
  return (
    <NativeSelect
      size={labelled === true ? 'sm' : 'xs'}
      label={labelled === true ? label : undefined}
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value as Value)}
      data={options.map(([one, text]) => ({ value: one, label: text }))}
    />
  );
}
