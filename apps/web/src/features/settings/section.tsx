import type { ReactNode } from "react";
import styles from "./settings.module.css";

export interface SectionProps {
  id: string;
  title: string;
  count?: number | undefined;
  text: string;
  action?: ReactNode;
  children: ReactNode;
}

/** One matter of the settings: what it is about at the side, what can be set beside it. */
export function Section({ id, title, count, text, action, children }: SectionProps) {
  return (
    <section className={styles.section} id={id} aria-labelledby={`${id}-title`}>
      <header>
        <h2 id={`${id}-title`}>
          {title} {count !== undefined && <span className={styles.count}>{count}</span>}
        </h2>
        <p>{text}</p>
        {action}
      </header>
      <div className={styles.content}>{children}</div>
    </section>
  );
}
