import type { ReactNode } from "react";
import styles from "./facts.module.css";

export interface Fact {
  name: ReactNode;
  value: ReactNode;
  /** The line that the others add up to. */
  total?: boolean;
}

/** Names and values; with `sum`, values stand in a column at the end, as terms of a sum do. */
export function Facts({ facts, sum = false }: { facts: readonly (Fact & { key: string })[]; sum?: boolean }) {
  return (
    <dl className={styles.facts} data-sum={sum || undefined}>
      {facts.map((fact) => (
        <div key={fact.key} className={styles.fact} data-total={fact.total || undefined}>
          <dt>{fact.name}</dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}
