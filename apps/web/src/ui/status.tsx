import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "./icon.tsx";
import styles from "./status.module.css";

/** What a status means: nothing to do, work goes on, look at it, broken, on air, or nothing to say. */
export type Tone = "good" | "work" | "warn" | "bad" | "live" | "quiet";

export interface StatusProps {
  tone: Tone;
  /** The shape. `dot` is the red light of something on air and is used for nothing else. */
  shape: LucideIcon | "dot";
  title?: string | undefined;
  children: ReactNode;
}

/** A shape, then a word, then colour: never colour alone. */
export function Status({ tone, shape, title, children }: StatusProps) {
  return (
    <span className={styles.status} data-is={tone} title={title}>
      {shape === "dot" ? <LiveDot /> : <Icon of={shape} small />}
      {children}
    </span>
  );
}

/** The light of something on air. It breathes, unless the person asked for less motion. */
export function LiveDot() {
  return <span className={styles.dot} aria-hidden="true" />;
}

/** A word in a frame: a property of the thing beside it. */
export function Badge({ tone, children }: { tone?: "warn" | "bad" | "good" | "accent"; children: ReactNode }) {
  return (
    <span className={styles.badge} data-is={tone}>
      {children}
    </span>
  );
}
