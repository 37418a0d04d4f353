import styles from "./door.module.css";

/** Bar heights in pixels, one every 4: the caller's above the line, the agent's, negative, below it. */
const BARS = [
  8, 20, 17, 26, 5, 29, 15, 6, 6, 40, 40, 24, 21, 25, 26, 32, 31, 18, 18, 28, 13, 15, 6, 16, 16, 10, 8, 27, 7, 17, 18,
  8, 8, 26, 33, 7, 27, 39, 14, 25, 16, 14, 20, 24, 12, 8, 22, -8, -9, -13, -14, -20, -24, -11, -25, -11, -35, -12, -22,
  -7, -34, -14, -13, -12, -27, -12, -5, -16, -17, -24, -23, -17, -10, -15, -9, -6, -12, -27, -21, -21, -15, -9, -35,
  -16, -7, -28, -39, -7, -24, -20, 24, 16, 32, 16, 8, 9, 19, 12, 12, 8, 14, 9, 4, 25, 29, 9, 24, 32, 37, 18, 19, 28, 34,
  22, 20, 28, 32, 12, 25, 8, 9, 17, 15, 8, 5, 11, 27, 27, 11, 21, 31, 19, 16, 17, 12, 37, 12, 28, -25, -35,
];

/** A drawn moment of a call. */
export function DoorWave() {
  const bars = (isCaller: boolean) =>
    BARS.map((height, i) => (height > 0 === isCaller ? `M${i * 4 + 2} ${isCaller ? 47 : 49}v${-height}` : "")).join("");
  return (
    <svg className={styles.wave} viewBox="0 0 560 96" aria-hidden="true">
      <rect className={styles.lit} x="398" y="6" width="96" height="84" />
      <path className={styles.zero} d="M0 48H560" />
      <path className={styles.caller} d={bars(true)} />
      <path className={styles.agent} d={bars(false)} />
    </svg>
  );
}
