import type { TranscriptView } from "@earwitness/shared";
import { displayLocale } from "../../../format/locale.ts";
import { counted } from "../../../format/size.ts";
import styles from "./transcript.module.css";

/** How the exact words differ from what was captioned while they were spoken. */
export function Comparison({ comparison }: { comparison: NonNullable<TranscriptView["comparison"]> }) {
  const { wordsChanged, exactWords, wordErrorRate, healed } = comparison;
  const percent = new Intl.NumberFormat(displayLocale(), { style: "percent", maximumFractionDigits: 1 });
  return (
    <p
      className={styles.compared}
      title="Words to insert, remove or replace to make the one from the other; case and punctuation do not count"
    >
      {wordsChanged} of {counted(exactWords, "word")} changed since the live captions, live word error rate{" "}
      {percent.format(wordErrorRate)}
      {healed.length > 0 && `, ${counted(healed.length, "gap")} healed from the recording`}.
    </p>
  );
}
