"use client";
import type { WorkspaceView } from "@earwitness/shared";
import { useQuery } from "@tanstack/react-query";
import { lastEntryQuery } from "../../../api/audit.ts";
import { useMay } from "../../../api/use-may.ts";
import { timeOfDay } from "../../../format/time.ts";
import { Button } from "../../../ui/button.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { draftOf, type WorkspaceDraft } from "./workspace-draft.ts";

const FIELD_WORDS: Record<keyof WorkspaceDraft, string> = {
  name: "the name",
  agentsSeeAllCalls: "whether agents see all calls",
  announcement: "the announcement",
  language: "the language",
  keyTerms: "names and terms",
  allowedOrigins: "the allowed origins",
};

export interface ChangedMeanwhileProps {
  /** The version that the draft began from, and the one that is saved now. */
  from: WorkspaceView;
  now: WorkspaceView;
  onSaveOver: () => void;
}

/** Says who saved something else meanwhile and what, and lets one's own changes be laid over it. */
export function ChangedMeanwhile({ from, now, onSaveOver }: ChangedMeanwhileProps) {
  const may = useMay();
  const last = useQuery({ ...lastEntryQuery("workspace.changed"), enabled: may("audit:read") }).data;
  const [before, after] = [draftOf(from), draftOf(now)];
  const fields = Object.entries(FIELD_WORDS).flatMap(([key, words]) =>
    isField(key) && before[key] !== after[key] ? [words] : [],
  );
  const what = new Intl.ListFormat("en", { type: "conjunction" }).format(fields);
  return (
    <Notice
      tone="warn"
      role="alert"
      action={
        <Button size="sm" look="line" disabled={now.version === from.version} onClick={onSaveOver}>
          Put mine over it
        </Button>
      }
    >
      Not saved. Changed meanwhile by {last?.actor.name ?? "somebody else"}
      {last && ` at ${timeOfDay(last.at)}`}
      {what && `: ${what}`}. What you typed is still here.
    </Notice>
  );
}

function isField(key: string): key is keyof WorkspaceDraft {
  return key in FIELD_WORDS;
}
