"use client";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, type RefObject, useState } from "react";
import { numbersQuery } from "../../api/queries.ts";
import { readPhone, usePhoneFormat } from "../../format/phone.ts";
import { SearchInput } from "../../ui/input.tsx";
import { Kbd } from "../../ui/kbd.tsx";
import styles from "./filter-bar.module.css";

export interface NumberSearchProps {
  /** The number that is asked for, E.164. */
  number: string | null;
  onNumber: (number: string | null) => void;
  input?: RefObject<HTMLInputElement | null>;
}

/** Looks for the calls with one number, in whatever form it is typed. */
export function NumberSearch({ number, onNumber, input }: NumberSearchProps) {
  const formatPhone = usePhoneFormat();
  const { data } = useQuery(numbersQuery);
  const [typed, setTyped] = useState<string | null>(null);
  const [isUnread, setIsUnread] = useState(false);
  const value = typed ?? (number === null ? "" : formatPhone(number));

  async function ask(event: FormEvent) {
    event.preventDefault();
    const read = await readPhone(value, data?.numbers[0]?.e164);
    setIsUnread(read === null && value.trim() !== "");
    if (read !== null) onNumber(read);
  }

  return (
    <form className={styles.search} onSubmit={ask}>
      <SearchInput
        ref={input}
        label="Calls with this number"
        placeholder="A whole phone number"
        inputMode="tel"
        autoComplete="off"
        aria-invalid={isUnread || undefined}
        aria-describedby={isUnread ? "number-search-note" : undefined}
        value={value}
        end={input && <Kbd>/</Kbd>}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setIsUnread(false);
          if (event.currentTarget.value === "" && number !== null) onNumber(null);
        }}
        onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
      />
      {isUnread && (
        <p className={styles.note} id="number-search-note" role="alert">
          This is not a whole number yet. Type all of it, then press enter.
        </p>
      )}
    </form>
  );
}
