import type { CaptionParts } from "./caption-words.ts";
import styles from "./captions.module.css";

/** What is said, in place: what may still change stands in quiet ink until it settles. `isOpen` while more is coming. */
export function CaptionText({ words: { settled, open }, isOpen }: { words: CaptionParts; isOpen: boolean }) {
  return (
    <>
      {settled}
      {open !== "" && <span className={styles.interim}>{open}</span>}
      {isOpen && <span className={styles.cursor} aria-hidden="true" />}
    </>
  );
}
