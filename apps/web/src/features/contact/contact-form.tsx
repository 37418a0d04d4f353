"use client";
import type { AcceptedContact } from "@earwitness/shared";
import { type FormEvent, useRef, useState } from "react";
import { errorMessage } from "../../api/api-error.ts";
import { sendContact } from "../../api/contact.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Input, TextArea } from "../../ui/input.tsx";
import { Notice } from "../../ui/notice.tsx";
import styles from "../session/door.module.css";
import { firstWrong, foundWrong, MOST_CHARACTERS, type Written, type Wrong, wrongWith } from "./wrong-with.ts";

export interface ContactFormProps {
  written: Written;
  onWrite: (written: Written) => void;
  onAccepted: (accepted: AcceptedContact) => void;
}

/** Who writes, where an answer goes, and what they have to say. */
export function ContactForm({ written, onWrite, onAccepted }: ContactFormProps) {
  const [wrong, setWrong] = useState<Wrong>({});
  const [failure, setFailure] = useState<string | null>(null);
  const [isSending, setIsSending] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  /** Pressed again after a lost answer, the same words are the same message. */
  const attempt = useRef<{ of: Written; key: string } | null>(null);

  const control = (name: keyof Written) => ({
    name,
    value: written[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      onWrite({ ...written, [name]: event.currentTarget.value });
      setWrong({ ...wrong, [name]: undefined });
    },
  });

  /** Shows what is wrong, and leads there; false where nothing is. */
  function show(found: Wrong): boolean {
    setWrong(found);
    const name = firstWrong(found);
    if (name === null) return false;
    form.current?.querySelector<HTMLElement>(`[name="${name}"]`)?.focus();
    return true;
  }

  async function send(event: FormEvent) {
    event.preventDefault();
    if (isSending) return;
    setFailure(null);
    if (show(wrongWith(written))) return;
    setIsSending(true);
    if (attempt.current?.of !== written) attempt.current = { of: written, key: crypto.randomUUID() };
    try {
      onAccepted(await sendContact(written, attempt.current.key));
    } catch (error) {
      setIsSending(false);
      if (!show(foundWrong(error))) setFailure(errorMessage(error));
    }
  }

  return (
    <div className={styles.stack}>
      <h1>Write to us</h1>
      <p className="second">To the people who run Earwitness here. They answer by mail.</p>
      <form noValidate onSubmit={send} ref={form}>
        <Field label="Your name" error={wrong.name}>
          {(field) => <Input {...field} {...control("name")} large autoComplete="name" maxLength={100} />}
        </Field>
        <Field label="Your e-mail" error={wrong.email}>
          {(field) => (
            <Input {...field} {...control("email")} large type="email" autoComplete="email" maxLength={254} />
          )}
        </Field>
        <Field label="Message" error={wrong.text}>
          {(field) => <TextArea {...field} {...control("text")} rows={6} maxLength={MOST_CHARACTERS} />}
        </Field>
        <div hidden>
          <Field label="Leave this empty">
            {(field) => <Input {...field} {...control("website")} tabIndex={-1} autoComplete="off" />}
          </Field>
        </div>
        <Button type="submit" look="primary" size="lg" busy={isSending}>
          {isSending ? "Sending" : "Send"}
        </Button>
      </form>
      {failure && (
        <Notice tone="bad" role="alert">
          {failure}
        </Notice>
      )}
    </div>
  );
}
