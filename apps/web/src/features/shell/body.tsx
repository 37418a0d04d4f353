import type { ReactNode } from "react";
import { cx } from "../../ui/cx.ts";
import styles from "./body.module.css";

export interface BodyProps {
  /** What the body is about, where it has little in it that takes the focus: then it takes it itself, to be scrolled by keyboard. */
  label?: string;
  className?: string | undefined;
  children: ReactNode;
}

/** What a screen shows below its bar: parts one under the other, which scroll while the bar stays. */
export function Body({ label, className, children }: BodyProps) {
  if (label === undefined) return <div className={cx(styles.body, className)}>{children}</div>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section className={cx(styles.body, className)} tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
