"use client";
import type { CallView } from "@earwitness/shared";
import { useQuery } from "@tanstack/react-query";
import { notesQuery } from "../../api/call-queries.ts";
import { useCallLink, useLiveCall } from "../../live/use-live-call.ts";
import { partyNames } from "../call/party-names.ts";
import { Captions } from "./captions.tsx";
import { LastMinute } from "./last-minute.tsx";
import { NoteField } from "./note-field.tsx";
import { SteerBar } from "./steer-bar.tsx";
import { SumLine } from "./sum-line.tsx";
import styles from "./talk.module.css";
import { Trouble } from "./trouble.tsx";

/** A call while it is spoken: what can be done to it, how loud it is, what is said, and what is noted beside it. */
export function TalkBody({ call }: { call: CallView }) {
  const link = useCallLink(call.id);
  const view = useLiveCall(link);
  const notes = useQuery(notesQuery(call.id)).data?.notes ?? [];
  if (!link || !view) return null;
  const { state } = view.call;
  const isOpen = call.state === "live" && state?.phase !== "ended" && !view.isGone;
  return (
    <div className={styles.body}>
      {isOpen && <SteerBar call={call} state={state} link={link} />}
      <Trouble call={call} view={view} isOpen={isOpen} />
      <LastMinute link={link} />
      <Captions link={link} view={view} notes={notes} names={partyNames(call)} />
      <div className={styles.foot}>
        {isOpen && <NoteField call={call} now={link.now} />}
        <SumLine callId={call.id} isOpen={isOpen} />
      </div>
    </div>
  );
}
