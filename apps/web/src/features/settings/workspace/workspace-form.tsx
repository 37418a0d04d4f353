"use client";
import type { WorkspaceView } from "@earwitness/shared";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import { ApiError, errorMessage } from "../../../api/api-error.ts";
import { meQuery } from "../../../api/queries.ts";
import { useMay } from "../../../api/use-may.ts";
import { updateWorkspace, workspaceQuery } from "../../../api/workspaces.ts";
import { counted } from "../../../format/size.ts";
import { Button } from "../../../ui/button.tsx";
import { Notice } from "../../../ui/notice.tsx";
import styles from "../settings.module.css";
import { ChangedMeanwhile } from "./changed-meanwhile.tsx";
import { changesOf, draftOf, type WorkspaceDraft, wrongWith } from "./workspace-draft.ts";
import { WorkspaceFields } from "./workspace-fields.tsx";

/** The workspace's settings. Nothing is saved until it is asked for, and nothing that somebody else saved is overwritten. */
export function WorkspaceForm({ workspace }: { workspace: WorkspaceView }) {
  const client = useQueryClient();
  const mayChange = useMay()("workspace:change");
  const form = useRef<HTMLFormElement>(null);
  // A draft is about the version that it began from. When that was changed by somebody else, the server says so.
  const [draft, setDraft] = useState<{ from: WorkspaceView; values: WorkspaceDraft } | null>(null);
  const [showsWrong, setShowsWrong] = useState(false);
  const base = draft?.from ?? workspace;
  const values = draft?.values ?? draftOf(workspace);
  const changes = changesOf(base, values);
  const count = Object.keys(changes).length;
  const wrongHere = wrongWith(values);
  const saving = useMutation({
    mutationFn: () => updateWorkspace(base.version, changes),
    onSuccess: async (saved) => {
      client.setQueryData(workspaceQuery.queryKey, saved);
      await client.invalidateQueries(meQuery);
      setDraft(null);
    },
    // Somebody else may have saved meanwhile: their version is what saving over it would replace.
    onError: () => client.invalidateQueries(workspaceQuery),
  });
  const error = saving.error instanceof ApiError ? saving.error : null;
  const wasChanged = error?.status === 412 || error?.status === 409;

  function wrong(field: keyof WorkspaceDraft): string | null {
    return (showsWrong ? wrongHere[field] : undefined) ?? error?.field(`/${field}`) ?? null;
  }

  function set(change: Partial<WorkspaceDraft>) {
    saving.reset();
    setDraft({ from: base, values: { ...values, ...change } });
  }

  function save(event: FormEvent) {
    event.preventDefault();
    if (count === 0 || saving.isPending) return;
    const isWrong = Object.keys(wrongHere).length > 0;
    setShowsWrong(isWrong);
    if (!isWrong) return saving.mutate();
    // The fields learn that they are wrong with the next drawing; the first of them takes focus then.
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus());
  }

  return (
    <form ref={form} className={styles.number} onSubmit={save} noValidate>
      {!mayChange && <Notice>An owner or an admin can change these.</Notice>}
      <WorkspaceFields values={values} onChange={set} wrong={wrong} disabled={!mayChange} />
      {mayChange && (
        <div className={styles.save}>
          <Button type="submit" look="primary" busy={saving.isPending} disabled={count === 0}>
            Save changes
          </Button>
          {count > 0 && !saving.isPending && (
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
            {saving.isPending
              ? "Saving"
              : count > 0
                ? `${counted(count, "change")} not saved`
                : saving.isSuccess
                  ? "Saved."
                  : "Nothing changed yet."}
          </span>
        </div>
      )}
      {saving.isError && (
        <div ref={bringIntoSight}>
          {wasChanged ? (
            <ChangedMeanwhile
              from={base}
              now={workspace}
              onSaveOver={() => {
                saving.reset();
                setDraft({ from: workspace, values: { ...draftOf(workspace), ...touched(base, values) } });
              }}
            />
          ) : (
            <Notice tone="bad" role="alert">
              Not saved. {errorMessage(saving.error)}
            </Notice>
          )}
        </div>
      )}
    </form>
  );
}

/** What went wrong stands below the button that was pressed, and that may be the last line in sight. */
function bringIntoSight(element: HTMLElement | null) {
  element?.scrollIntoView({ block: "nearest" });
}

/** The fields that were changed by hand: laid over the newer version, the others take what somebody else saved. */
function touched(base: WorkspaceView, values: WorkspaceDraft): Partial<WorkspaceDraft> {
  const before: Partial<Record<string, unknown>> = { ...draftOf(base) };
  return Object.fromEntries(Object.entries(values).filter(([key, value]) => before[key] !== value));
}
