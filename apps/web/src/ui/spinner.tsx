import styles from "./spinner.module.css";

/** Work that has begun and whose length is unknown. The words beside it say what. */
export function Spinner() {
  return <span className={styles.spin} aria-hidden="true" />;
}
