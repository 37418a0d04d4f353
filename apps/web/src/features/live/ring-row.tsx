"use client";
import type { CallSummary } from "@earwitness/shared";
import { useInfiniteQuery } from "@tanstack/react-query";
import { BellRing, PhoneOutgoing } from "lucide-react";
import Link from "next/link";
import { NO_FILTERS } from "../../api/call-filters.ts";
import { callsQuery } from "../../api/queries.ts";
import { exactInstant } from "../../format/time.ts";
import { Icon } from "../../ui/icon.tsx";
import { useNow } from "../../ui/use-now.ts";
import { callLength } from "../calls/call-line.ts";
import { contactNumber, ownNumber } from "../calls/parties.ts";
import { earlierCalls } from "./earlier-calls.ts";
import styles from "./rows.module.css";

export interface RingRowProps {
  call: CallSummary;
  formatPhone: (number: string) => string;
}

/** A call that rings: who, for how long, and what was between us before. It is answered by itself; there is nothing to press. */
export function RingRow({ call, formatPhone }: RingRowProps) {
  const now = useNow(1_000);
  const isInbound = call.direction === "inbound";
  return (
    <li className={styles.ring}>
      <span className={styles.ringSign}>
        <Icon of={isInbound ? BellRing : PhoneOutgoing} />
      </span>
      <div>
        <p>
          <Link href={`/calls/${call.id}`} prefetch={false}>
            <b className="phone">{formatPhone(contactNumber(call))}</b>
          </Link>
        </p>
        <Earlier call={call} />
        <small className="quiet" title={`Since ${exactInstant(call.startedAt)}`}>
          {isInbound ? "Rings " : "Rung from "}
          <span className="phone">{formatPhone(ownNumber(call))}</span>
          {call.state === "ringing" ? ` for ${callLength(call, now)}` : ", answered now"}
        </small>
      </div>
    </li>
  );
}

function Earlier({ call }: { call: CallSummary }) {
  const number = contactNumber(call);
  const isKnown = number.startsWith("+");
  const list = useInfiniteQuery({
    ...callsQuery({ ...NO_FILTERS, number, when: { name: "30d" } }),
    enabled: isKnown,
  });
  if (!isKnown) return <small className="second">The number is withheld</small>;
  // The line keeps its place while it is asked for.
  if (!list.data) return <small className="second">{list.isError ? "Earlier calls did not load" : "\u00a0"}</small>;
  const { words, line } = earlierCalls(list.data.pages, call.id, new Date());
  return (
    <small className="second">
      {words} {line && ("said" in line ? <q className="said">{line.said}</q> : line.told)}
    </small>
  );
}
