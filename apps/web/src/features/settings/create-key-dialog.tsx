"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Check, Copy } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { ApiError, errorMessage } from "../../api/api-error.ts";
import { createApiKey } from "../../api/commands.ts";
import { apiKeysQuery } from "../../api/queries.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Input, Select } from "../../ui/input.tsx";
import { Notice } from "../../ui/notice.tsx";
import styles from "./settings.module.css";

interface Wish {
  name: string;
  scope: "read" | "write";
  expiresInDays: number | null;
  /** One for each thing that is wished: the same press sent twice makes one key. */
  key: string;
}
const NEW_WISH = (): Wish => ({ name: "", scope: "read", expiresInDays: 90, key: crypto.randomUUID() });

const LIVES = [
  { days: 30, words: "30 days" },
  { days: 90, words: "90 days" },
  { days: 366, words: "A year" },
  { days: null, words: "Until it is revoked" },
] as const;

/** Makes a key, and shows it this once. */
export default function CreateKeyDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const [wish, setWish] = useState<Wish>(NEW_WISH);
  const { name, scope, expiresInDays } = wish;
  const change = (next: Partial<Wish>) => setWish({ ...wish, ...next, key: crypto.randomUUID() });
  const form = useId();
  const making = useMutation({
    mutationFn: () => createApiKey({ name: name.trim(), scope, expiresInDays }, wish.key),
    onSuccess: () => client.invalidateQueries(apiKeysQuery),
  });
  const wrongName = making.error instanceof ApiError ? making.error.field("/name") : null;

  function make(event: FormEvent) {
    event.preventDefault();
    if (name.trim() !== "" && !making.isPending) making.mutate();
  }

  if (making.data) return <KeyOnce value={making.data.key} name={making.data.name} onClose={onClose} />;
  return (
    <Dialog
      title="Make an API key"
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>Make none</Button>
          <Button look="primary" type="submit" form={form} busy={making.isPending} disabled={name.trim() === ""}>
            Make the key
          </Button>
        </>
      }
    >
      <form id={form} className={styles.stack} onSubmit={make} noValidate>
        <Field label="Name" hint="What uses it, so that you know what stops when you revoke it." error={wrongName}>
          {(control) => (
            <Input
              {...control}
              maxLength={80}
              value={name}
              onChange={(event) => change({ name: event.currentTarget.value })}
            />
          )}
        </Field>
        <Field label="May">
          {(control) => (
            <Select
              {...control}
              value={scope}
              onChange={(event) => change({ scope: event.currentTarget.value === "write" ? "write" : "read" })}
            >
              <option value="read">Read</option>
              <option value="write">Read and write: place calls, hang up, change settings</option>
            </Select>
          )}
        </Field>
        <Field
          label="Good for"
          hint="After that it is refused. A key that leaks does less harm when it is short-lived."
        >
          {(control) => (
            <Select
              {...control}
              value={String(expiresInDays)}
              onChange={({ currentTarget }) =>
                change({ expiresInDays: LIVES.find(({ days }) => String(days) === currentTarget.value)?.days ?? null })
              }
            >
              {LIVES.map(({ days, words }) => (
                <option key={words} value={String(days)}>
                  {words}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </form>
      {making.isError && wrongName === null && (
        <Notice tone="bad" role="alert">
          No key was made. {errorMessage(making.error)}
        </Notice>
      )}
    </Dialog>
  );
}

function KeyOnce({ value, name, onClose }: { value: string; name: string; onClose: () => void }) {
  const [isCopied, setIsCopied] = useState(false);
  async function copy() {
    await navigator.clipboard.writeText(value);
    setIsCopied(true);
  }
  return (
    <Dialog
      title={`The key for ${name}`}
      onClose={onClose}
      insists
      foot={
        <>
          <Button look="line" onClick={copy}>
            <Icon of={isCopied ? Check : Copy} small />
            {isCopied ? "Copied" : "Copy"}
          </Button>
          <Button look="primary" onClick={onClose}>
            I have kept it
          </Button>
        </>
      }
    >
      <p className={`receipt ${styles.key}`}>{value}</p>
      <p className="second">
        It is shown this once. We keep only a hash of it; if it is lost, revoke it and make another.
      </p>
    </Dialog>
  );
}
