import type { ReactNode } from "react";
import styles from "./empty.module.css";

export interface EmptyProps {
  title: string;
  action?: ReactNode;
  children: ReactNode;
  role?: "alert" | "status";
  className?: string | undefined;
}

/** Where there is nothing to show: what happened, what it means, and the one thing to do about it. */
export function Empty({ title, action, children, role, className }: EmptyProps) {
  return (
    <div className={`${styles.empty} ${className ?? ""}`} role={role}>
      <h2>{title}</h2>
      <p>{children}</p>
      {action}
    </div>
  );
}
