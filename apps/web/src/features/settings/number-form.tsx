"use client";
import type { NumberView } from "@earwitness/shared";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ApiError, errorMessage } from "../../api/api-error.ts";
import { updateNumber } from "../../api/commands.ts";
import { numbersQuery } from "../../api/queries.ts";
import { usePhoneFormat } from "../../format/phone.ts";
import { counted } from "../../format/size.ts";
import { Button } from "../../ui/button.tsx";
import { SwitchRow } from "../../ui/check.tsx";
import { Field } from "../../ui/field.tsx";
import { Input, TextArea } from "../../ui/input.tsx";
import { Notice } from "../../ui/notice.tsx";
import { LanguageField } from "./language-field.tsx";
import { changesOf, draftOf, type NumberDraft } from "./number-draft.ts";
import styles from "./settings.module.css";

/** One number's settings. Nothing is saved until it is asked for, and nothing that somebody else saved is overwritten. */
export function NumberForm({ number, mayChange }: { number: NumberView; mayChange: boolean }) {
  const client = useQueryClient();
  const formatPhone = usePhoneFormat();
  // A draft is about the version that it began from. When that was changed by somebody else, the server says so.
  const [draft, setDraft] = useState<{ from: NumberView; values: NumberDraft } | null>(null);
  const base = draft?.from ?? number;
  const values = draft?.values ?? draftOf(number);
  const changes = changesOf(base, values);
  const count = Object.keys(changes).length;
  const saving = useMutation({
    mutationFn: () => updateNumber(base.id, base.version, changes),
    onSuccess: async () => {
      await client.invalidateQueries(numbersQuery);
      setDraft(null);
    },
    // Somebody else may have saved meanwhile: their version is what saving over it would replace.
    onError: () => client.invalidateQueries(numbersQuery),
  });
  const error = saving.error instanceof ApiError ? saving.error : null;
  const set = (change: Partial<NumberDraft>) => {
    saving.reset();
    setDraft({ from: base, values: { ...values, ...change } });
  };

  function save(event: FormEvent) {
    event.preventDefault();
    if (count > 0 && !saving.isPending) saving.mutate();
  }

  return (
    <form className={styles.number} onSubmit={save} noValidate>
      <h3>
        <span className="phone">{formatPhone(number.e164)}</span>
        <Published number={number} />
      </h3>
      <fieldset className={styles.fields} disabled={!mayChange} aria-label="Settings of the number">
        <div className={styles.pair}>
          <Field label="Name" error={error?.field("/label")}>
            {(control) => (
              <Input
                {...control}
                maxLength={80}
                value={values.label}
                onChange={(e) => set({ label: e.currentTarget.value })}
              />
            )}
          </Field>
          <LanguageField
            label="Language spoken"
            error={error?.field("/language")}
            value={values.language}
            onChange={(language) => set({ language })}
          />
        </div>
        <Field
          label="Announcement"
          hint="Spoken before the recording begins. Empty: nothing is said."
          error={error?.field("/announcement")}
        >
          {(control) => (
            <TextArea
              {...control}
              rows={2}
              maxLength={1_000}
              value={values.announcement}
              onChange={(e) => set({ announcement: e.currentTarget.value })}
            />
          )}
        </Field>
        <Field
          label="Names and terms to listen for"
          hint="One a line: product names, places, part numbers."
          error={error?.field("/keyTerms")}
        >
          {(control) => (
            <TextArea
              {...control}
              rows={3}
              value={values.keyTerms}
              onChange={(e) => set({ keyTerms: e.currentTarget.value })}
            />
          )}
        </Field>
        <SwitchRow
          label="Record calls that come in"
          hint="The announcement is spoken first."
          checked={values.recordInbound}
          onChange={(e) => set({ recordInbound: e.currentTarget.checked })}
        />
        <SwitchRow
          label="Record calls that go out"
          checked={values.recordOutbound}
          onChange={(e) => set({ recordOutbound: e.currentTarget.checked })}
        />
        <SwitchRow
          label="Show words while they are spoken"
          hint="Live captions of calls that are recorded. The exact transcript comes after the call either way."
          checked={values.liveCaptions}
          onChange={(e) => set({ liveCaptions: e.currentTarget.checked })}
        />
        <SwitchRow
          label="Delete the carrier’s copy after ours is verified"
          hint="Size and SHA-256 of ours are kept before anything is deleted there."
          checked={values.deleteCarrierCopy}
          onChange={(e) => set({ deleteCarrierCopy: e.currentTarget.checked })}
        />
      </fieldset>
      {mayChange && (
        <div className={styles.save}>
          <Button type="submit" look="primary" busy={saving.isPending} disabled={count === 0}>
            Save changes
          </Button>
          {count > 0 && !saving.isPending && <Button onClick={() => setDraft(null)}>Discard</Button>}
          <span className="quiet small" role="status">
            {saving.isPending
              ? "Saving"
              : count > 0
                ? `${counted(count, "change")} not saved`
                : saving.isSuccess && "Saved."}
          </span>
        </div>
      )}
      {saving.isError && (
        <Notice
          tone="bad"
          role="alert"
          action={
            error?.status === 409 || error?.status === 412 ? (
              <Button size="sm" onClick={() => setDraft({ from: number, values })}>
                Save over it
              </Button>
            ) : undefined
          }
        >
          Not saved. {errorMessage(saving.error)}
        </Notice>
      )}
    </form>
  );
}

/** Whether calls are answered by these settings already; it takes seconds until they are. */
function Published({ number }: { number: NumberView }) {
  if (number.publishedVersion === number.version) return null;
  return (
    <span className="quiet small" role="status">
      {number.publishedVersion === null
        ? "Not in use yet; it takes seconds."
        : "Calls are still answered by the settings before; it takes seconds."}
    </span>
  );
}
