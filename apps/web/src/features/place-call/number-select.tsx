"use client";
import type { NumberView } from "@earwitness/shared";
import Link from "next/link";
import { errorMessage } from "../../api/api-error.ts";
import { usePhoneFormat } from "../../format/phone.ts";
import { Field } from "../../ui/field.tsx";
import { Select } from "../../ui/input.tsx";

export interface NumberSelectProps {
  numbers: { data?: { numbers: NumberView[] } | undefined; isPending: boolean; error: unknown };
  value: string | undefined;
  onChoose: (numberId: string) => void;
  className?: string | undefined;
}

/** Which of our numbers takes part. It says why when there is none to choose. */
export function NumberSelect({ numbers, value, onChoose, className }: NumberSelectProps) {
  const formatPhone = usePhoneFormat();
  const known = numbers.data?.numbers ?? [];
  const error = numbers.error && known.length === 0 ? `The numbers did not load. ${errorMessage(numbers.error)}` : null;
  const hint =
    numbers.isPending || known.length > 0 ? undefined : (
      <>
        The carrier has no number for this workspace yet. <Link href="/settings#numbers">Ask it again</Link>
      </>
    );
  return (
    <Field label="From" error={error} hint={hint} className={className}>
      {(control) => (
        <Select
          {...control}
          value={value ?? ""}
          disabled={known.length === 0}
          onChange={(event) => onChoose(event.currentTarget.value)}
        >
          {known.length === 0 && <option value="">{numbers.isPending ? "Loading" : "None"}</option>}
          {known.map((number) => (
            <option key={number.id} value={number.id}>
              {number.label ? `${number.label}, ${formatPhone(number.e164)}` : formatPhone(number.e164)}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
