"use client";
import type { RetentionKind, WorkspaceView } from "@earwitness/shared";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useDeferredValue, useRef, useState } from "react";
import { errorMessage } from "../../../api/api-error.ts";
import { retentionPreviewQuery } from "../../../api/lifecycle.ts";
import { updateWorkspace, workspaceQuery } from "../../../api/workspaces.ts";
import { Button } from "../../../ui/button.tsx";
import { Field } from "../../../ui/field.tsx";
import { Input } from "../../../ui/input.tsx";
import { Notice } from "../../../ui/notice.tsx";
import styles from "../settings.module.css";
import { previewWords } from "./preview-words.ts";
import { draftOf, presentRules, type RetentionDraft, rulesOf, wrongDays } from "./retention-draft.ts";

const FIELDS: readonly { kind: RetentionKind; label: string; hint: string }[] = [
  {
    kind: "recordings",
    label: "Sound, in days",
    hint: "Recordings and what was kept of live calls. Empty: kept until somebody deletes it.",
  },
  {
    kind: "transcripts",
    label: "Words, in days",
    hint: "Transcripts and captions. Empty: kept until somebody deletes it.",
  },
  {
    kind: "calls",
    label: "Whole calls, in days",
    hint: "Everything, notes and the line in the list too. Empty: kept until somebody deletes it.",
  },
];

/** For how long what is kept. Counts what the next run would take before it is saved: nothing of it comes back. */
export function RetentionForm({ workspace }: { workspace: WorkspaceView }) {
  const client = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState<{ from: WorkspaceView; values: RetentionDraft } | null>(null);
  const [showsWrong, setShowsWrong] = useState(false);
  const base = draft?.from ?? workspace;
  const values = draft?.values ?? draftOf(workspace.retention);
  const isWrong = FIELDS.some(({ kind }) => wrongDays(values[kind]) !== null);
  const isChanged = JSON.stringify(values) !== JSON.stringify(draftOf(base.retention));
  const rules = useDeferredValue(isWrong ? null : rulesOf(values));
  const preview = useQuery({ ...retentionPreviewQuery(rules ? presentRules(rules) : {}), enabled: rules !== null });
  const saving = useMutation({
    mutationFn: () => updateWorkspace(base.version, { retention: rulesOf(values) }),
    onSuccess: async (saved) => {
      client.setQueryData(workspaceQuery.queryKey, saved);
      setDraft(null);
      await client.invalidateQueries({ queryKey: ["retention"] });
    },
    onError: () => client.invalidateQueries(workspaceQuery),
  });

  function save(event: FormEvent) {
    event.preventDefault();
    if (!isChanged || saving.isPending) return;
    setShowsWrong(isWrong);
    if (!isWrong) return saving.mutate();
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus());
  }

  return (
    <form ref={form} className={styles.number} onSubmit={save} noValidate>
      <fieldset className={styles.fields} aria-label="For how long what is kept">
        {FIELDS.map(({ kind, label, hint }) => (
          <Field key={kind} label={label} hint={hint} error={showsWrong ? wrongDays(values[kind]) : null}>
            {(control) => (
              <Input
                {...control}
                inputMode="numeric"
                value={values[kind]}
                onChange={(e) => {
                  saving.reset();
                  setDraft({ from: base, values: { ...values, [kind]: e.currentTarget.value } });
                }}
              />
            )}
          </Field>
        ))}
      </fieldset>
      <p className="second small" role="status">
        {preview.data ? previewWords(preview.data, new Date()) : "Counting what the next run would take."}
      </p>
      <div className={styles.save}>
        <Button type="submit" look="primary" busy={saving.isPending} disabled={!isChanged}>
          Save the rules
        </Button>
        {isChanged && !saving.isPending && (
          <Button
            onClick={() => {
              setDraft(null);
              setShowsWrong(false);
              saving.reset();
            }}
          >
            Discard
          </Button>
        )}
        <span className="quiet small" role="status">
          {saving.isSuccess && !isChanged ? "Saved." : ""}
        </span>
      </div>
      {saving.isError && (
        <Notice tone="bad" role="alert">
          Not saved. {errorMessage(saving.error)}
        </Notice>
      )}
    </form>
  );
}
