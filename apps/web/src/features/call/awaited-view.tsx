"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { RefreshCw } from "lucide-react";
import { errorMessage } from "../../api/api-error.ts";
import { retryRecording, retryTranscript } from "../../api/commands.ts";
import { useMay } from "../../api/use-may.ts";
import { clock, exactInstant } from "../../format/time.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Notice } from "../../ui/notice.tsx";
import { useNow } from "../../ui/use-now.ts";
import type { Awaited } from "./awaited.ts";
import styles from "./call-screen.module.css";

export interface AwaitedViewProps {
  awaited: Awaited;
  callId: string;
  /** The recording that trying again would fetch. */
  recordingId: string | null;
}

const RETRY_NEEDS = { recording: "recordings:retry", transcript: "transcripts:retry" } as const;

/** Says what is awaited and since when, or what went wrong, with the way to try again. */
export function AwaitedView({ awaited, callId, recordingId }: AwaitedViewProps) {
  const { title, text, since, failure, retry } = awaited;
  const may = useMay();
  return (
    <div className={styles.awaited} role="status">
      <h2>
        {title}
        {since !== null && (
          <>
            {" "}
            <Running since={since} />
          </>
        )}
      </h2>
      <p className="second">{text}</p>
      {failure && (
        <Notice tone="bad">
          {failure.message} <span className="receipt">{failure.code}</span>
        </Notice>
      )}
      {retry !== null && may(RETRY_NEEDS[retry]) && <Retry what={retry} callId={callId} recordingId={recordingId} />}
    </div>
  );
}

function Running({ since }: { since: string }) {
  const now = useNow(1_000);
  return (
    <time className="quiet" dateTime={since} title={`Since ${exactInstant(since)}`}>
      {clock(now - Date.parse(since))}
    </time>
  );
}

function Retry({
  what,
  callId,
  recordingId,
}: {
  what: "recording" | "transcript";
  callId: string;
  recordingId: string | null;
}) {
  const client = useQueryClient();
  const again = useMutation({
    mutationFn: () =>
      what === "recording" && recordingId !== null ? retryRecording(recordingId) : retryTranscript(callId),
    onSuccess: () => client.invalidateQueries({ queryKey: ["call", callId] }),
  });
  return (
    <>
      <Button look="line" busy={again.isPending} onClick={() => again.mutate()}>
        {!again.isPending && <Icon of={RefreshCw} small />}
        Try again
      </Button>
      {again.isError && (
        <Notice tone="bad" role="alert">
          It was not tried again. {errorMessage(again.error)}
        </Notice>
      )}
    </>
  );
}
