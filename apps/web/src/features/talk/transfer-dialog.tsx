"use client";
import { useQuery } from "@tanstack/react-query";
import { PhoneForwarded } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { membersQuery } from "../../api/call-queries.ts";
import { usePhoneFormat } from "../../format/phone.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Input, Select } from "../../ui/input.tsx";
import { Notice } from "../../ui/notice.tsx";
import styles from "./dialogs.module.css";
import type { useSteer } from "./use-steer.ts";

export interface TransferDialogProps {
  contact: string;
  steer: ReturnType<typeof useSteer>;
  onClose: () => void;
}

/** Asks whom to connect the caller with: a number, or somebody of the workspace. */
export default function TransferDialog({ contact, steer, onClose }: TransferDialogProps) {
  const formatPhone = usePhoneFormat();
  const { data } = useQuery(membersQuery);
  const [member, setMember] = useState("");
  const [typed, setTyped] = useState("");
  const [wasAsked, setWasAsked] = useState(false);
  const form = useId();
  const members = data?.members ?? [];
  const to = member === "" ? typed.trim() : (members.find(({ id }) => id === member)?.phone ?? "");
  const isAsking = steer.asking === "transfer";

  function transfer(event: FormEvent) {
    event.preventDefault();
    setWasAsked(true);
    if (to !== "") steer.ask({ action: "transfer", to }, (taken) => taken.effect === "begun" && onClose());
  }

  return (
    <Dialog
      title="Transfer this call"
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>Do not transfer</Button>
          <Button look="primary" type="submit" form={form} busy={isAsking}>
            {!isAsking && <Icon of={PhoneForwarded} small />}
            {isAsking ? "Transferring" : "Transfer"}
          </Button>
        </>
      }
    >
      <form id={form} className={styles.form} onSubmit={transfer} noValidate>
        <Field label="To" hint="Only those who have set their phone in Settings can be chosen.">
          {(control) => (
            <Select {...control} value={member} onChange={(event) => setMember(event.currentTarget.value)}>
              <option value="">A number</option>
              {members.map(({ id, name, email, phone }) => (
                <option key={id} value={id} disabled={phone === null}>
                  {name ?? email}, {phone === null ? "no phone set" : formatPhone(phone)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        {member === "" && (
          <Field
            label="Number"
            error={wasAsked && to === "" ? "Type the number that is to be rung." : null}
            hint="With its country code, or as it is written in the country of our number."
          >
            {(control) => (
              <Input
                {...control}
                type="tel"
                autoComplete="off"
                dir="ltr"
                value={typed}
                onChange={(event) => setTyped(event.currentTarget.value)}
              />
            )}
          </Field>
        )}
      </form>
      <p className="second small">
        <span className="phone">{contact}</span> stays on the line until the other phone is answered. If it is not, the
        call goes on here.
      </p>
      {wasAsked && !isAsking && steer.answer && (
        <Notice tone={steer.answer.tone} role="alert">
          {steer.answer.text}
        </Notice>
      )}
    </Dialog>
  );
}
