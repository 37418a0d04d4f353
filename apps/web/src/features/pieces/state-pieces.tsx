"use client";
import { PlugZap, RefreshCw, Unplug } from "lucide-react";
import { ApiError } from "../../api/api-error.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Button } from "../../ui/button.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { Spinner } from "../../ui/spinner.tsx";
import { Status } from "../../ui/status.tsx";
import { callStatus } from "../calls/call-status.ts";
import { CallStatusView } from "../calls/call-status-view.tsx";
import { Failure, StaleNotice } from "../failure/failure.tsx";
import { StagesStrip } from "../first-run/stages-strip.tsx";
import { Line, Piece } from "./piece.tsx";
import styles from "./pieces.module.css";
import { SAMPLE_FACTS, SAMPLE_STAGES, SAMPLE_SUM, STATUS_CALLS } from "./samples.ts";

const SILENCE = new ApiError("timeout", "The server gave no answer for 10 s.");
const nothing = () => undefined;

export function StatusPiece() {
  const statuses = new Map(STATUS_CALLS.map((call) => [callStatus(call).word, callStatus(call)]));
  return (
    <Piece title="Status" rule="A shape, then a word, then colour.">
      <Line name="Call">
        {[...statuses].map(([word, status]) => (
          <CallStatusView key={word} status={status} />
        ))}
      </Line>
      <Line name="Link">
        <Status tone="quiet" shape={RefreshCw}>
          Joining
        </Status>
        <Status tone="good" shape={PlugZap}>
          In step
        </Status>
        <Status tone="bad" shape={Unplug}>
          Cut off for 8 s, asking every 5 s
        </Status>
      </Line>
      <Line name="Stages">
        <div className={styles.wide}>
          <StagesStrip stages={SAMPLE_STAGES} />
        </div>
      </Line>
      <Line name="People">
        <Avatar name="Marco Ruiz" />
        <Avatar name="elena.soto@northgate.example" />
      </Line>
      <Line name="Working">
        <Spinner />
      </Line>
    </Piece>
  );
}

export function FactPiece() {
  return (
    <Piece
      title="Facts"
      rule="A name, then its value. A sum has its values at the end, and a line above what they add up to."
    >
      <div className={styles.two}>
        <Facts facts={SAMPLE_FACTS} />
        <Facts sum facts={SAMPLE_SUM} />
      </div>
    </Piece>
  );
}

export function StatePiece() {
  return (
    <Piece title="Empty, error, loading, notice" rule="Each says what happened, what it means, what to do.">
      <div className={styles.two}>
        <Empty title="No call fits" action={<Button look="line">Clear filters</Button>}>
          Looked for: inbound, last 7 days. Ask for less, or for another time.
        </Empty>
        <Failure
          title="The list did not load"
          error={SILENCE}
          meaning="Your calls are safe; only this view is missing."
          onTryAgain={nothing}
        />
      </div>
      <div className={styles.skeletons}>
        <Skeleton width="third" />
        <Skeleton width="most" />
        <Skeleton width="half" />
      </div>
      <Notice>The carrier is being asked. Numbers show here as soon as it answers.</Notice>
      <StaleNotice title="This list may be old." error={SILENCE} onTryAgain={nothing} />
      <Notice tone="bad" action={<Button size="sm">Try again</Button>}>
        <b className="strong">Recording did not start.</b> The carrier refused it.
      </Notice>
      <Notice tone="good">It went through, from the ring to the transcript.</Notice>
    </Piece>
  );
}
