"use client";
import { type FormEvent, useId, useState } from "react";
import type { WhenFilter } from "../../api/when-filter.ts";
import { localDay } from "../../format/time.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import styles from "./days-dialog.module.css";

export interface DaysDialogProps {
  title?: string;
  when: WhenFilter | null;
  onClose: () => void;
  onChoose: (when: WhenFilter) => void;
}

/** Asks for two days; both belong to the span. */
export default function DaysDialog({ title = "Calls between two days", when, onClose, onChoose }: DaysDialogProps) {
  const today = localDay(new Date());
  const [first, setFirst] = useState(when && "first" in when ? when.first : today);
  const [last, setLast] = useState(when && "last" in when ? when.last : today);
  const form = useId();
  const wrong = first === "" || last === "" || first > last;

  function choose(event: FormEvent) {
    event.preventDefault();
    if (wrong) return;
    onChoose({ first, last });
    onClose();
  }

  return (
    <Dialog
      title={title}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>Keep as it is</Button>
          <Button look="primary" type="submit" form={form}>
            Show these
          </Button>
        </>
      }
    >
      <form id={form} className={styles.pair} onSubmit={choose}>
        <Field label="First day">
          {(control) => (
            <Input
              {...control}
              type="date"
              value={first}
              max={today}
              onChange={(e) => setFirst(e.currentTarget.value)}
            />
          )}
        </Field>
        <Field label="Last day" error={wrong ? "The last day comes before the first." : null}>
          {(control) => (
            <Input {...control} type="date" value={last} max={today} onChange={(e) => setLast(e.currentTarget.value)} />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
