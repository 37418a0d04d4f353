"use client";
import type { MemberView, NumberId } from "@earwitness/shared";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { errorMessage } from "../../../api/api-error.ts";
import { membersQuery } from "../../../api/call-queries.ts";
import { updateMember } from "../../../api/members.ts";
import { numbersQuery } from "../../../api/queries.ts";
import { usePhoneFormat } from "../../../format/phone.ts";
import { Button } from "../../../ui/button.tsx";
import { Check } from "../../../ui/check.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { Skeleton } from "../../../ui/skeleton.tsx";
import styles from "./members.module.css";

/** The numbers whose calls an agent sees, besides the calls that are their own. */
export function NumbersDialog({ member, onClose }: { member: MemberView; onClose: () => void }) {
  const client = useQueryClient();
  const formatPhone = usePhoneFormat();
  const { data, error } = useQuery(numbersQuery);
  const [chosen, setChosen] = useState<readonly NumberId[]>(member.numberIds);
  const form = useId();
  const name = member.name ?? member.email;
  const saving = useMutation({
    mutationFn: () => updateMember(member, { numberIds: [...chosen] }),
    onSuccess: async () => {
      await client.invalidateQueries(membersQuery);
      onClose();
    },
  });

  function save(event: FormEvent) {
    event.preventDefault();
    if (!saving.isPending) saving.mutate();
  }

  return (
    <Dialog
      title={`Numbers that ${name} answers at`}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>Keep as it is</Button>
          <Button look="primary" type="submit" form={form} busy={saving.isPending} disabled={!data}>
            Save
          </Button>
        </>
      }
    >
      <p className="second">
        An agent sees the calls of these numbers, besides the ones they place, steer or are transferred.
      </p>
      <form id={form} className={styles.choices} onSubmit={save}>
        {data?.numbers.map(({ id, e164, label }) => (
          <label key={id} className={styles.choice} htmlFor={`${form}-${id}`}>
            <Check
              id={`${form}-${id}`}
              checked={chosen.includes(id)}
              onChange={({ currentTarget }) =>
                setChosen(currentTarget.checked ? [...chosen, id] : chosen.filter((each) => each !== id))
              }
            />
            <span className="phone">{formatPhone(e164)}</span>
            {label && <span className="quiet">{label}</span>}
          </label>
        ))}
        {data?.numbers.length === 0 && <p className="second">The workspace has no number yet.</p>}
        {!data && !error && <Skeleton width="half" />}
      </form>
      {error && !data && <Notice tone="bad">The numbers did not load. {errorMessage(error)}</Notice>}
      {saving.isError && (
        <Notice tone="bad" role="alert">
          Not saved. {errorMessage(saving.error)}
        </Notice>
      )}
    </Dialog>
  );
}
