import type { ReactNode } from "react";
import styles from "./ops.module.css";

/** One matter of the screen under its heading; `count` stands beside it. */
export function OpsSection({
  id,
  title,
  count,
  children,
}: {
  id: string;
  title: string;
  count?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section aria-labelledby={`${id}-heading`} id={id}>
      <h2 id={`${id}-heading`}>
        {title} {count}
      </h2>
      {children}
    </section>
  );
}

/** A table that scrolls by itself where it is wider than the screen. */
export function OpsTable({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section className={styles.scroll} tabIndex={0} aria-label={`${label}, table`}>
      <table className={styles.table}>{children}</table>
    </section>
  );
}
