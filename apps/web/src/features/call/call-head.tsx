"use client";
import type { CallView } from "@earwitness/shared";
import { ArrowLeft, Phone, PhoneIncoming, PhoneOff, PhoneOutgoing } from "lucide-react";
import Link from "next/link";
import { lazy, Suspense, useState } from "react";
import { useMay } from "../../api/use-may.ts";
import { usePhoneFormat } from "../../format/phone.ts";
import { dayAndTime, exactInstant } from "../../format/time.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { useNow } from "../../ui/use-now.ts";
import { callLength } from "../calls/call-line.ts";
import { contactNumber, ownNumber } from "../calls/parties.ts";
import { CallActions } from "../lifecycle/call-actions.tsx";
import { useKeys } from "../shell/use-keys.ts";
import { LatencyFigures } from "../talk/latency-figures.tsx";
import { Recorded } from "../talk/on-air.tsx";
import { useWatch } from "../talk/use-watch.ts";
import styles from "./call-screen.module.css";

const PlaceCallDialog = lazy(() => import("../place-call/place-call-dialog.tsx"));
const ExportCall = lazy(() => import("../exports/export-call.tsx"));
const HangUpDialog = lazy(() => import("./hang-up-dialog.tsx"));

/** Who, which way, when, how long, how far it has come; and what can be done now. What is done to a call on the line stands below. */
export function CallHead({ call }: { call: CallView }) {
  const formatPhone = usePhoneFormat();
  const [asks, setAsks] = useState<"call" | "hang-up" | null>(null);
  const isOpen = call.state !== "ended";
  const now = useNow(isOpen ? 1_000 : null);
  const contact = formatPhone(contactNumber(call));
  const live = useWatch(call)?.view.call;
  const may = useMay();
  const mayCall = may("calls:place");
  useKeys(mayCall ? { c: () => setAsks("call") } : {});
  return (
    <header className={styles.head}>
      <Link className={buttonClass({ size: "sm", square: true })} href="/calls" aria-label="Back to calls">
        <Icon of={ArrowLeft} />
      </Link>
      <div className={styles.who}>
        <h1 className="phone">
          {mayCall && call.state === "ended" && contactNumber(call).startsWith("+") ? (
            <button type="button" className={styles.number} title="Call this number" onClick={() => setAsks("call")}>
              {contact}
            </button>
          ) : (
            contact
          )}
        </h1>
        <p className={styles.meta}>
          <span>
            <Icon of={call.direction === "inbound" ? PhoneIncoming : PhoneOutgoing} small />
            {call.direction === "inbound" ? "Inbound to" : "Outbound from"}
            <span className="phone">{formatPhone(ownNumber(call))}</span>
          </span>
          <time dateTime={call.startedAt} title={exactInstant(call.startedAt)}>
            {dayAndTime(call.startedAt, new Date(now))}
          </time>
          <span>{callLength(call, now)}</span>
          <Recorded call={call} state={live?.state ?? null} />
        </p>
      </div>
      <div className="no-phone">
        <LatencyFigures latency={live?.latency ?? call.captionLatency} />
      </div>
      <div className={styles.acts}>
        {call.state === "ringing" && may("calls:hangup") && (
          <Button look="bad" onClick={() => setAsks("hang-up")}>
            <Icon of={PhoneOff} />
            Hang up
          </Button>
        )}
        {call.state === "ended" && mayCall && (
          <Button look="line" onClick={() => setAsks("call")}>
            <Icon of={Phone} />
            Call back
          </Button>
        )}
        {call.state === "ended" && (
          <Suspense>
            <ExportCall callId={call.id} />
          </Suspense>
        )}
        {call.state === "ended" && <CallActions call={call} contact={contact} />}
      </div>
      {asks !== null && (
        <Suspense>
          {asks === "call" ? (
            <PlaceCallDialog to={contactNumber(call)} from={call.numberId} onClose={() => setAsks(null)} />
          ) : (
            <HangUpDialog callId={call.id} contact={contact} onClose={() => setAsks(null)} />
          )}
        </Suspense>
      )}
    </header>
  );
}
