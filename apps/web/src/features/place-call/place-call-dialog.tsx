"use client";
import { PhoneOutgoing } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useId, useState } from "react";
import { ApiError, errorMessage } from "../../api/api-error.ts";
import { usePhoneFormat } from "../../format/phone.ts";
import { Button } from "../../ui/button.tsx";
import { SwitchRow } from "../../ui/check.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Input } from "../../ui/input.tsx";
import { Notice } from "../../ui/notice.tsx";
import { NumberSelect } from "./number-select.tsx";
import styles from "./place-call.module.css";
import { usePlaceCall } from "./use-place-call.ts";

export interface PlaceCallDialogProps {
  /** Whom to ring, if that is known already. */
  to?: string;
  /** Which of our numbers rings them, if that is known already: its id. */
  from?: string | null;
  onClose: () => void;
}

/** Asks whom to ring and from which number, rings them, and goes to the call. */
export default function PlaceCallDialog({ to = "", from = null, onClose }: PlaceCallDialogProps) {
  const router = useRouter();
  const formatPhone = usePhoneFormat();
  const [typed, setTyped] = useState<string | null>(null);
  const [chosen, setChosen] = useState(from);
  const [detectMachine, setDetectMachine] = useState(false);
  const form = useId();
  const { numbers, placing } = usePlaceCall((callId) => {
    onClose();
    router.push(`/calls/${callId}`);
  });
  const known = numbers.data?.numbers ?? [];
  const number = known.find(({ id }) => id === chosen) ?? known[0];
  const wrongTo = placing.error instanceof ApiError ? placing.error.field("/to") : null;
  const whom = typed ?? formatPhone(to);

  function place(event: FormEvent) {
    event.preventDefault();
    if (!placing.isPending && number) placing.mutate({ from: number.id, to: whom.trim(), detectMachine });
  }

  return (
    <Dialog
      title="Call a number"
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>Do not call</Button>
          <Button look="primary" type="submit" form={form} busy={placing.isPending} disabled={number === undefined}>
            {!placing.isPending && <Icon of={PhoneOutgoing} small />}
            {placing.isPending ? "Dialling" : "Call"}
          </Button>
        </>
      }
    >
      <form id={form} className={styles.form} onSubmit={place} noValidate>
        <Field
          label="Number to ring"
          error={wrongTo}
          hint="With its country code, or as it is written in the country of the number below."
        >
          {(control) => (
            <Input
              {...control}
              type="tel"
              autoComplete="tel"
              dir="ltr"
              required
              value={whom}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
          )}
        </Field>
        <NumberSelect numbers={numbers} value={number?.id} onChoose={setChosen} />
        <SwitchRow
          label="Tell a machine from a person"
          hint="If a machine answers, the call ends and is marked as voicemail."
          checked={detectMachine}
          onChange={(event) => setDetectMachine(event.currentTarget.checked)}
        />
      </form>
      {placing.isError && wrongTo === null && (
        <Notice tone="bad" role="alert">
          {errorMessage(placing.error)} Nobody was rung.
        </Notice>
      )}
    </Dialog>
  );
}
