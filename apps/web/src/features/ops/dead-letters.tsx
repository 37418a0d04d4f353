"use client";
import type { OpsView } from "@earwitness/shared";
import { DeadGroup } from "./dead-group.tsx";
import { DeadMessages } from "./dead-messages.tsx";
import { waited } from "./duration-words.ts";
import { deadCount } from "./needs.ts";
import styles from "./ops.module.css";
import { OpsSection } from "./ops-section.tsx";

/** What was given up and waits for a hand: jobs by kind and cause, then messages. */
export function DeadLetters({ ops, mayAct }: { ops: OpsView | undefined; mayAct: boolean }) {
  const count = ops === undefined ? 0 : deadCount(ops);
  return (
    <OpsSection
      id="dead-letters"
      title="Dead letters"
      count={ops ? count > 0 && <span className={styles.need}>{count}</span> : <span className="quiet">–</span>}
    >
      {ops && count === 0 && <p className="quiet">{noneWords(ops)}</p>}
      {ops && count > 0 && (
        <ul className={styles.dead} aria-label="Dead letters">
          {ops.deadGroups.map((group) => (
            <DeadGroup key={`${group.kind}/${group.code}`} group={group} mayAct={mayAct} />
          ))}
          {ops.deadMessages.map((group) => (
            <DeadMessages key={`${group.queue}/${group.reason}`} group={group} mayAct={mayAct} />
          ))}
        </ul>
      )}
    </OpsSection>
  );
}

function noneWords({ lastDeadAt, at }: Pick<OpsView, "lastDeadAt" | "at">): string {
  if (lastDeadAt === null) return "No dead letters.";
  return `No dead letters. Last one ${waited(Math.max(0, Date.parse(at) - Date.parse(lastDeadAt)))} ago.`;
}
