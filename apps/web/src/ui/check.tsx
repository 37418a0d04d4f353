import { type InputHTMLAttributes, type ReactNode, useEffect, useId, useRef } from "react";
import styles from "./check.module.css";

export interface CheckProps extends Omit<InputHTMLAttributes<HTMLInputElement>, "type"> {
  /** Some of many: neither on nor off. */
  some?: boolean;
}

export function Check({ some = false, ...rest }: CheckProps) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = some;
  }, [some]);
  return <input {...rest} ref={box} type="checkbox" className={styles.check} />;
}

export function Switch(props: Omit<InputHTMLAttributes<HTMLInputElement>, "type">) {
  // biome-ignore lint/a11y/useAriaPropsForRole: a checkbox tells its own state; aria-checked would be a second, stale one
  return <input {...props} type="checkbox" role="switch" className={styles.switch} />;
}

export interface SwitchRowProps extends Omit<InputHTMLAttributes<HTMLInputElement>, "type"> {
  label: ReactNode;
  /** What it means to turn it. */
  hint?: ReactNode;
}

/** A switch with its sentence; the whole row answers to a press. */
export function SwitchRow({ label, hint, ...rest }: SwitchRowProps) {
  const id = useId();
  return (
    <label className={styles.row} htmlFor={id}>
      <Switch {...rest} id={id} />
      <span>
        <span className={styles.rowLabel}>{label}</span>
        {hint && <span className={styles.rowHint}>{hint}</span>}
      </span>
    </label>
  );
}
