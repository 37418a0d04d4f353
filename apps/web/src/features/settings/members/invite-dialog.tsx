"use client";
import type { Role } from "@earwitness/shared";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useRef, useState } from "react";
import { ApiError, errorMessage } from "../../../api/api-error.ts";
import { invitationsQuery, invite } from "../../../api/members.ts";
import { Button } from "../../../ui/button.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { Field } from "../../../ui/field.tsx";
import { Input, Select } from "../../../ui/input.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { wrongWithAddress } from "../../session/check-address.ts";
import { ROLES } from "../roles.ts";
import styles from "../settings.module.css";

/** Roles that an invitation can give: an owner is made of somebody who is here. */
const OFFERED = ROLES.filter(({ role }) => role !== "owner");

interface Wish {
  email: string;
  role: Role;
  /** One for each thing that is wished: the same press sent twice makes one invitation. */
  key: string;
}

/** Asks whom to invite as what, and has the invitation mailed. */
export default function InviteDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const [{ email, role, key }, setWish] = useState<Wish>(() => ({ email: "", role: "agent", key: newKey() }));
  const [wrong, setWrong] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const form = useId();
  const inviting = useMutation({
    mutationFn: () => invite({ email: email.trim(), role }, key),
    onSuccess: async () => {
      await client.invalidateQueries(invitationsQuery);
      onClose();
    },
    onError: (error) => error instanceof ApiError && error.field("/email") !== null && field.current?.focus(),
  });
  const refused = inviting.error instanceof ApiError ? inviting.error.field("/email") : null;
  const change = (next: Partial<Wish>) => {
    setWish({ email, role, ...next, key: newKey() });
    setWrong(null);
    inviting.reset();
  };

  function send(event: FormEvent) {
    event.preventDefault();
    if (inviting.isPending) return;
    const found = wrongWithAddress(email);
    setWrong(found);
    if (found) field.current?.focus();
    else inviting.mutate();
  }

  return (
    <Dialog
      title="Invite someone"
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>Invite nobody</Button>
          <Button look="primary" type="submit" form={form} busy={inviting.isPending}>
            {inviting.isPending ? "Mailing the invitation" : "Mail the invitation"}
          </Button>
        </>
      }
    >
      <form id={form} className={styles.stack} onSubmit={send} noValidate>
        <Field
          label="E-mail"
          hint="They get a link that works once. Only who reads this mailbox can use it."
          error={wrong ?? refused}
        >
          {(control) => (
            <Input
              {...control}
              ref={field}
              type="email"
              autoComplete="off"
              maxLength={254}
              value={email}
              onChange={(event) => change({ email: event.currentTarget.value })}
            />
          )}
        </Field>
        <Field label="Role" hint={OFFERED.find((each) => each.role === role)?.may}>
          {(control) => (
            <Select
              {...control}
              value={role}
              onChange={({ currentTarget }) =>
                change({ role: OFFERED.find((each) => each.role === currentTarget.value)?.role ?? role })
              }
            >
              {OFFERED.map((each) => (
                <option key={each.role} value={each.role}>
                  {each.name}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </form>
      {inviting.isError && refused === null && (
        <Notice tone="bad" role="alert">
          Nobody was invited. {errorMessage(inviting.error)}
        </Notice>
      )}
    </Dialog>
  );
}

const newKey = () => crypto.randomUUID();
