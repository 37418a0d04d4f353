import type { ReactNode } from "react";
import styles from "./kbd.module.css";

/** The key that does it. */
export function Kbd({ children }: { children: ReactNode }) {
  return <kbd className={styles.kbd}>{children}</kbd>;
}
