import type { ButtonHTMLAttributes, Ref } from "react";
import styles from "./button.module.css";
import { cx } from "./cx.ts";
import { Spinner } from "./spinner.tsx";

export interface ButtonLook {
  /** `primary` at most once in a region; `bad` for what cannot be taken back. */
  look?: "plain" | "line" | "primary" | "bad" | "bad-quiet" | undefined;
  /** 32 px; `sm` 28 in bars, `lg` 40 on the front doors. */
  size?: "sm" | "md" | "lg" | undefined;
  /** As wide as high, for an icon alone; give it an `aria-label`. */
  square?: boolean | undefined;
}

/** The classes of a button, for a link that looks like one. */
export function buttonClass({ look = "plain", size = "md", square = false }: ButtonLook, extra?: string): string {
  return cx(styles.button, styles[look], styles[size], square && styles.square, extra);
}

export interface ButtonProps extends ButtonLook, ButtonHTMLAttributes<HTMLButtonElement> {
  /** The asked-for work runs: a spinner shows, a second press does nothing, focus stays. */
  busy?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

export function Button({ look, size, square, busy = false, className, children, onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={buttonClass({ look, size, square }, className)}
      aria-busy={busy || undefined}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {busy && <Spinner />}
      {children}
    </button>
  );
}
