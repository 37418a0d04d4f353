"use client";
import type { CallView } from "@earwitness/shared";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Phone } from "lucide-react";
import Link from "next/link";
import { type FormEvent, useState } from "react";
import { ApiError, errorMessage } from "../../api/api-error.ts";
import { hangUp } from "../../api/commands.ts";
import { callQuery } from "../../api/queries.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Input } from "../../ui/input.tsx";
import { Notice } from "../../ui/notice.tsx";
import { useNow } from "../../ui/use-now.ts";
import { callLength } from "../calls/call-line.ts";
import { callStatus } from "../calls/call-status.ts";
import { NumberSelect } from "../place-call/number-select.tsx";
import { usePlaceCall } from "../place-call/use-place-call.ts";
import styles from "./first-run.module.css";
import { StagesStrip } from "./stages-strip.tsx";
import { Step, type StepState } from "./step.tsx";

/** Rings a phone and shows how the call goes through, stage by stage. The address keeps which call that is. */
export function TestCallStep({ testCallId }: { testCallId: string | null }) {
  const [to, setTo] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const { numbers, placing } = usePlaceCall();
  const [placedId, setPlacedId] = useState<string | null>(null);
  const shownId = testCallId ?? placedId;
  const { data: call, error } = useQuery({ ...callQuery(shownId ?? ""), enabled: shownId !== null });
  const hangingUp = useMutation({ mutationFn: hangUp });

  const number = numbers.data?.numbers.find(({ id }) => id === chosen) ?? numbers.data?.numbers[0];
  const isRunning = placing.isPending || (shownId !== null && call?.state !== "ended" && !error);
  const wrongTo = placing.error instanceof ApiError ? placing.error.field("/to") : null;
  const failure = wrongTo === null ? (placing.error ?? hangingUp.error ?? error) : null;

  function ring(event: FormEvent) {
    event.preventDefault();
    if (isRunning || !number) return;
    const asked = { from: number.id, to: to.trim(), detectMachine: false };
    // Not told of when this page has been left: the address is another's then.
    placing.mutate(asked, {
      onSuccess({ callId }) {
        setPlacedId(callId);
        noteInAddress(callId);
      },
    });
  }

  return (
    <Step number={3} state={stateOf(call, isRunning)} title="Place a test call">
      <form className={styles.try} onSubmit={ring} noValidate>
        <Field label="Ring this phone" error={wrongTo}>
          {(control) => (
            <Input
              {...control}
              large
              type="tel"
              dir="ltr"
              autoComplete="tel"
              value={to}
              disabled={isRunning}
              onChange={(event) => setTo(event.currentTarget.value)}
            />
          )}
        </Field>
        {(numbers.data?.numbers.length ?? 0) > 1 && (
          <NumberSelect numbers={numbers} value={number?.id} onChoose={setChosen} className={styles.from} />
        )}
        <Button type="submit" look="primary" size="lg" busy={isRunning} disabled={number === undefined}>
          {!isRunning && <Icon of={Phone} />}
          {isRunning ? <Running call={call} /> : shownId === null ? "Ring it" : "Ring again"}
        </Button>
        {call && call.state !== "ended" && (
          <Button size="lg" busy={hangingUp.isPending} onClick={() => hangingUp.mutate(call.id)}>
            Hang up
          </Button>
        )}
        {number === undefined && !numbers.isPending && <p className="quiet small">It needs a number first: step 2.</p>}
      </form>
      {call && <StagesStrip stages={call.stages} />}
      {failure && (
        <Notice tone="bad" role="alert" className={styles.indent}>
          {errorMessage(failure)}
        </Notice>
      )}
      {call && <Outcome call={call} />}
    </Step>
  );
}

/** With the router's own state, the router takes no notice: it would drop the page that somebody has gone to in the meantime. */
function noteInAddress(callId: string): void {
  window.history.replaceState(window.history.state, "", `?test=${callId}`);
}

function Running({ call }: { call: CallView | undefined }) {
  const now = useNow(1_000);
  return <>Test call running{call && `, ${callLength(call, now)}`}</>;
}

function Outcome({ call }: { call: CallView }) {
  const status = callStatus(call);
  if (status.shape === "done") {
    return (
      <Notice
        tone="good"
        role="status"
        className={styles.indent}
        action={
          <Link className={buttonClass({ look: "line", size: "sm" })} href={`/calls/${call.id}`}>
            Open the call
          </Link>
        }
      >
        It went through, from the ring to the transcript.
      </Notice>
    );
  }
  if (call.state !== "ended" || status.tone === "work") return null;
  return (
    <Notice
      tone="warn"
      role="status"
      className={styles.indent}
      action={
        <Link className={buttonClass({ look: "line", size: "sm" })} href={`/calls/${call.id}`}>
          Open the call
        </Link>
      }
    >
      {status.word}. {status.detail ?? "The call’s own page says what happened."}
    </Notice>
  );
}

function stateOf(call: CallView | undefined, isRunning: boolean): StepState {
  if (isRunning) return "busy";
  if (!call) return "now";
  const { shape, tone } = callStatus(call);
  return shape === "done" ? "good" : tone === "work" ? "busy" : "bad";
}
