"use client";
import type { CallView } from "@earwitness/shared";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRef } from "react";
import { notesQuery } from "../../api/call-queries.ts";
import { useMay } from "../../api/use-may.ts";
import { Empty } from "../../ui/empty.tsx";
import { partyNames } from "../call/party-names.ts";
import { Captions } from "./captions.tsx";
import { LastMinute } from "./last-minute.tsx";
import { NoteField } from "./note-field.tsx";
import { SteerBar } from "./steer-bar.tsx";
import { SumLine } from "./sum-line.tsx";
import styles from "./talk.module.css";
import { Trouble } from "./trouble.tsx";
import { useWatch } from "./use-watch.ts";

/** A call while it is spoken: what can be done to it, how loud it is, what is said, and what is noted beside it. */
export function TalkBody({ call }: { call: CallView }) {
  const watch = useWatch(call);
  const notes = useQuery(notesQuery(call.id)).data?.notes ?? [];
  const mayNote = useMay()("notes:write");
  const body = useRef<HTMLDivElement>(null);
  if (!watch) return call.state === "live" ? null : <NotSpoken call={call} />;
  const { link, view } = watch;
  const { state } = view.call;
  const isOpen = call.state === "live" && state?.phase !== "ended" && !view.isGone;
  return (
    <div className={styles.body} ref={body} tabIndex={-1}>
      {isOpen && <SteerBar call={call} state={state} link={link} />}
      <Trouble call={call} view={view} isOpen={isOpen} onDismissed={() => body.current?.focus()} />
      <LastMinute link={link} />
      <Captions link={link} view={view} notes={notes} names={partyNames(call)} />
      <div className={styles.foot}>
        {isOpen && mayNote && <NoteField call={call} now={link.now} />}
        <SumLine callId={call.id} isOpen={isOpen} />
      </div>
    </div>
  );
}

/** In the place of words, where nobody is speaking: before the answer, and after the end. */
function NotSpoken({ call }: { call: CallView }) {
  return (
    <Empty
      className={styles.alone}
      title={call.state === "ringing" ? "It rings" : "The call has ended"}
      action={<Link href={`/calls/${call.id}`}>Open the call</Link>}
    >
      {call.state === "ringing"
        ? "The words stand here once it is answered."
        : "What was kept of it, its sound and its words, is on its own page."}
    </Empty>
  );
}
