"use client";
import type { CallView } from "@earwitness/shared";
import { useInfiniteQuery } from "@tanstack/react-query";
import { ArrowLeft, PhoneIncoming, PhoneOutgoing } from "lucide-react";
import Link from "next/link";
import { NO_FILTERS, writeFilters } from "../../api/call-filters.ts";
import { callsQuery } from "../../api/queries.ts";
import { usePhoneFormat } from "../../format/phone.ts";
import { counted } from "../../format/size.ts";
import { buttonClass } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { contactNumber, ownNumber } from "../calls/parties.ts";
import { LatencyFigures } from "./latency-figures.tsx";
import { OnAir } from "./on-air.tsx";
import styles from "./talk.module.css";
import { TalkBody } from "./talk-body.tsx";
import { useWatch } from "./use-watch.ts";

/** The call that one is with, beside the wall; on a phone it covers the wall, and `onBack` uncovers it. */
export function Talk({ call, onBack }: { call: CallView; onBack: () => void }) {
  const formatPhone = usePhoneFormat();
  const view = useWatch(call)?.view;
  const contact = formatPhone(contactNumber(call));
  return (
    <article className={styles.talk} id="talk" aria-labelledby="talk-name">
      <header className={styles.head}>
        <a
          className={buttonClass({ size: "sm", square: true }, "phone-only")}
          href="/live"
          aria-label="Back to the wall"
          onClick={(event) => {
            event.preventDefault();
            onBack();
          }}
        >
          <Icon of={ArrowLeft} />
        </a>
        <div className={styles.who}>
          <h2 id="talk-name">
            <Link className="phone" href={`/calls/${call.id}`} prefetch={false}>
              {contact}
            </Link>
          </h2>
          <p className={styles.meta}>
            <span>
              <Icon of={call.direction === "inbound" ? PhoneIncoming : PhoneOutgoing} small />
              {call.direction === "inbound" ? "to" : "from"}
              <span className="phone">{formatPhone(ownNumber(call))}</span>
            </span>
            <EarlierCount call={call} />
          </p>
          <div className="phone-only">
            <LatencyFigures latency={view?.call.latency ?? null} />
          </div>
        </div>
        <OnAir call={call} state={view?.call.state ?? null} />
      </header>
      <TalkBody call={call} />
    </article>
  );
}

function EarlierCount({ call }: { call: CallView }) {
  const number = contactNumber(call);
  const filters = { ...NO_FILTERS, number };
  const { data } = useInfiniteQuery({ ...callsQuery(filters), enabled: number.startsWith("+") });
  if (!data) return null;
  const earlier = data.pages.flatMap(({ calls }) => calls).filter(({ id }) => id !== call.id).length;
  if (earlier === 0) return <span className="no-phone">No earlier calls</span>;
  const isAll = (data.pages.at(-1)?.page.nextCursor ?? null) === null;
  return (
    <Link className="no-phone" href={`/calls?${writeFilters(filters)}`} prefetch={false}>
      {isAll ? "" : "More than "}
      {counted(earlier, "earlier call")}
    </Link>
  );
}
