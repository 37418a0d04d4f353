import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import styles from "./button-group.module.css";

export interface ButtonGroupProps<Value extends string> {
  label: string;
  options: readonly { value: Value; label: ReactNode }[];
  value: Value;
  onChoose: (value: Value) => void;
  className?: string | undefined;
}

/** One choice of a few, all in sight. */
export function ButtonGroup<Value extends string>({
  label,
  options,
  value,
  onChoose,
  className,
}: ButtonGroupProps<Value>) {
  return (
    <fieldset className={className} aria-label={label}>
      <div className={styles.group}>
        {options.map((option) => (
          <Button
            key={option.value}
            look="line"
            size="sm"
            aria-pressed={option.value === value}
            onClick={() => onChoose(option.value)}
          >
            {option.label}
          </Button>
        ))}
      </div>
    </fieldset>
  );
}
