"use client";
import type { CoverageShortfallView } from "@earwitness/shared";
import Link from "next/link";
import { usePhoneFormat } from "../../format/phone.ts";
import { seconds } from "../../format/time.ts";
import { Moment } from "../settings/moment.tsx";
import styles from "./ops.module.css";
import { OpsSection } from "./ops-section.tsx";

/** Calls of this workspace of which something was said that no audio holds. */
export function Shortfalls({ calls }: { calls: readonly CoverageShortfallView[] | undefined }) {
  const phone = usePhoneFormat();
  return (
    <OpsSection
      id="coverage"
      title="Coverage"
      count={calls && calls.length > 0 && <span className={styles.need}>{calls.length}</span>}
    >
      {calls?.length === 0 && <p className="quiet">No call of the last 30 days is known to lack a second.</p>}
      {calls && calls.length > 0 && (
        <ul className={styles.lines} aria-label="Calls with missing audio">
          {calls.map(({ callId, label, startedAt, missingMs }) => (
            <li key={callId}>
              <Link href={`/calls/${callId}`} prefetch={false}>
                {phone(label)}
              </Link>
              <span className="second">
                <Moment instant={startedAt} />
              </span>
              <span className="num">{seconds(missingMs)} missing</span>
            </li>
          ))}
        </ul>
      )}
    </OpsSection>
  );
}
