import type { ReactNode } from "react";
import styles from "./pieces.module.css";

/** One kind of piece: its name, the rule that it follows, and what it looks like in each state. */
export function Piece({ title, rule, children }: { title: string; rule: string; children: ReactNode }) {
  return (
    <section className={styles.piece} aria-label={title}>
      <header>
        <h2>{title}</h2>
        <p>{rule}</p>
      </header>
      <div className={styles.demo}>{children}</div>
    </section>
  );
}

/** A line of examples with its name. */
export function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={styles.line}>
      <span className={styles.lineName}>{name}</span>
      {children}
    </div>
  );
}
