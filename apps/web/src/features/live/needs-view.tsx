"use client";
import type { CallSummary } from "@earwitness/shared";
import { FileX, MicOff, PhoneMissed } from "lucide-react";
import Link from "next/link";
import { usePhoneFormat } from "../../format/phone.ts";
import { exactInstant, timeOfDay } from "../../format/time.ts";
import { Icon } from "../../ui/icon.tsx";
import { contactNumber } from "../calls/parties.ts";
import styles from "./live-screen.module.css";
import { type Need, needsOf } from "./today.ts";

const SIGNS = { call_back: PhoneMissed, recording: MicOff, transcript: FileX };

export interface NeedsViewProps {
  calls: readonly CallSummary[];
  /** Asks to call a number; null for who may not call. */
  onCall: ((number: string) => void) | null;
}

/** What of today does not mend itself: callers who were missed, recordings and words that did not come. */
export function NeedsView({ calls, onCall }: NeedsViewProps) {
  const formatPhone = usePhoneFormat();
  const needs = needsOf(calls);
  if (needs.length === 0) return null;
  return (
    <section aria-labelledby="needs">
      <h2 className={styles.heading} id="needs">
        Needs a person <span className={styles.need}>{needs.length}</span>
      </h2>
      <ul className={styles.needs}>
        {needs.map(({ what, call }) => (
          <li key={`${what} ${call.id}`}>
            <Icon of={SIGNS[what]} />
            <Act need={{ what, call }} phone={formatPhone(contactNumber(call))} onCall={onCall} />
            <time className="quiet small" dateTime={call.startedAt} title={exactInstant(call.startedAt)}>
              {what === "call_back" ? "missed " : ""}
              {timeOfDay(call.startedAt)}
            </time>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Act({ need, phone, onCall }: Pick<NeedsViewProps, "onCall"> & { need: Need; phone: string }) {
  const { what, call } = need;
  const number = <span className="phone">{phone}</span>;
  if (what === "call_back" && onCall === null) {
    return (
      <Link href={`/calls/${call.id}`} prefetch={false}>
        {number} was missed
      </Link>
    );
  }
  if (what === "call_back") {
    return (
      <button type="button" onClick={() => onCall?.(contactNumber(call))}>
        Call {number} back
      </button>
    );
  }
  return (
    <Link href={`/calls/${call.id}`} prefetch={false}>
      The call with {number} has no {what === "recording" ? "recording" : "transcript"}
    </Link>
  );
}
