import type { ReactNode } from "react";
import { cx } from "./cx.ts";
import styles from "./speaker.module.css";

export interface SpeakerProps {
  party: "caller" | "agent" | "unknown";
  /** With an edge that tells the two apart where colour does not: plain for the caller, double for the agent. */
  edged?: boolean;
  as?: "span" | "b" | "h3";
  className?: string | undefined;
  children: ReactNode;
}

/** Who speaks, in the ink of their channel. */
export function Speaker({ party, edged = false, as: Element = "span", className, children }: SpeakerProps) {
  return (
    <Element className={cx(styles.speaker, edged && styles.edged, className)} data-who={party}>
      {children}
    </Element>
  );
}
