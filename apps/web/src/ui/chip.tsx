import { X } from "lucide-react";
import type { ReactNode } from "react";
import styles from "./chip.module.css";
import { Icon } from "./icon.tsx";
import type { MenuControl } from "./menu.tsx";

export interface ChipProps {
  name: string;
  /** What is asked for; null while the chip asks for nothing. */
  value: ReactNode | null;
  onClear: () => void;
  /** Makes the chip open a menu. */
  control: MenuControl;
}

/** One part of the question that a list answers: press it to choose, press its cross to ask for everything again. */
export function Chip({ name, value, onClear, control }: ChipProps) {
  return (
    <span className={styles.chip} data-on={value !== null || undefined}>
      <button {...control} className={styles.choose} type="button">
        {name}
        {value !== null && <b>{value}</b>}
      </button>
      {value !== null && (
        <button className={styles.clear} type="button" aria-label={`Clear ${name.toLowerCase()}`} onClick={onClear}>
          <Icon of={X} small />
        </button>
      )}
    </span>
  );
}
