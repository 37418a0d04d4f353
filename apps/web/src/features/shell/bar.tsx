import type { ReactNode } from "react";
import styles from "./bar.module.css";

/** The head of a screen: its name, what belongs to the name, and what can be done here. */
export function Bar({ title, beside, children }: { title: string; beside?: ReactNode; children?: ReactNode }) {
  return (
    <header className={styles.bar}>
      <h1>{title}</h1>
      {beside}
      <div className={styles.end}>{children}</div>
    </header>
  );
}
