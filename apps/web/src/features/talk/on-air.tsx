"use client";
import type { CallView, LiveCallState } from "@earwitness/shared";
import { CirclePause, MicOff } from "lucide-react";
import { Status } from "../../ui/status.tsx";
import { useNow } from "../../ui/use-now.ts";
import { callLength } from "../calls/call-line.ts";
import { callStatus } from "../calls/call-status.ts";
import { CallStatusView } from "../calls/call-status-view.tsx";
import styles from "./talk.module.css";

/** Whether the call is being recorded at this moment, and how long it has been. */
export function OnAir({ call, state }: { call: CallView; state: LiveCallState | null }) {
  const now = useNow(call.state === "ended" ? null : 1_000);
  return (
    <p className={styles.onAir}>
      <Recorded call={call} state={state} />
      <b>{callLength(call, now)}</b>
    </p>
  );
}

/** The recording's state in a shape and a word, as the call's room tells it; from the record where it does not. */
export function Recorded({ call, state }: { call: CallView; state: LiveCallState | null }) {
  if (call.state !== "live" || state === null) return <CallStatusView status={callStatus(call)} />;
  switch (state.recording) {
    case "running":
      return (
        <Status tone="live" shape="dot">
          Recording
        </Status>
      );
    case "paused":
      return (
        <Status tone="warn" shape={CirclePause}>
          Recording paused
        </Status>
      );
    case "none":
      return (
        <Status tone="quiet" shape={MicOff} title={call.notRecordedReason ?? undefined}>
          Not recorded
        </Status>
      );
    case "asked":
      return (
        <Status tone="work" shape={CirclePause}>
          Recording begins
        </Status>
      );
    case "over":
      return (
        <Status tone="quiet" shape={MicOff}>
          Recording over
        </Status>
      );
  }
}
