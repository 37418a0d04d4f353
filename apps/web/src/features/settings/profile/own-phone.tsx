"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ApiError, errorMessage } from "../../../api/api-error.ts";
import { membersQuery } from "../../../api/call-queries.ts";
import { meQuery, numbersQuery } from "../../../api/queries.ts";
import { setOwnPhone } from "../../../api/steer.ts";
import { readPhone, usePhoneFormat } from "../../../format/phone.ts";
import { Button } from "../../../ui/button.tsx";
import { Field } from "../../../ui/field.tsx";
import { Input } from "../../../ui/input.tsx";
import { Notice } from "../../../ui/notice.tsx";
import styles from "../settings.module.css";

/** The phone of whoever is signed in: calls can be transferred to it by name. */
export function OwnPhone() {
  const client = useQueryClient();
  const formatPhone = usePhoneFormat();
  const me = useQuery(meQuery).data;
  const members = useQuery(membersQuery);
  const firstNumber = useQuery(numbersQuery).data?.numbers[0]?.e164;
  const [typed, setTyped] = useState<string | null>(null);
  const [isUnread, setIsUnread] = useState(false);
  const phone = members.data?.members.find(({ id }) => id === me?.user.id)?.phone ?? null;
  const shown = typed ?? (phone === null ? "" : formatPhone(phone));
  const saving = useMutation({
    mutationFn: setOwnPhone,
    onSuccess: async () => {
      await client.invalidateQueries(membersQuery);
      setTyped(null);
    },
  });
  const wrong = saving.error instanceof ApiError ? saving.error.field("/phone") : null;

  async function save(event: FormEvent) {
    event.preventDefault();
    if (typed === null || saving.isPending) return;
    if (typed.trim() === "") return saving.mutate(null);
    const read = await readPhone(typed, firstNumber);
    setIsUnread(read === null);
    if (read !== null) saving.mutate(read);
  }

  return (
    <form onSubmit={save} noValidate className={styles.phone}>
      <Field
        label="Your phone"
        hint="Calls can be transferred to you by name. Your workspace sees it. Empty: nobody can."
        error={isUnread ? "This is not a whole number yet. Begin with + and the country code." : wrong}
      >
        {(control) => (
          <Input
            {...control}
            type="tel"
            autoComplete="tel"
            dir="ltr"
            disabled={members.data === undefined}
            value={shown}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              setIsUnread(false);
              saving.reset();
            }}
          />
        )}
      </Field>
      <p className={styles.save}>
        <Button type="submit" look="line" busy={saving.isPending} disabled={typed === null}>
          Save phone
        </Button>
        <span className="quiet small" role="status">
          {saving.isPending ? "Saving" : typed !== null ? "Not saved yet" : saving.isSuccess && "Saved."}
        </span>
      </p>
      {members.isError && <Notice tone="warn">Your phone did not load. {errorMessage(members.error)}</Notice>}
      {saving.isError && wrong === null && (
        <Notice tone="bad" role="alert">
          Not saved. {errorMessage(saving.error)}
        </Notice>
      )}
    </form>
  );
}
