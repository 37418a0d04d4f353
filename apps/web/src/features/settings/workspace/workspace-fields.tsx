"use client";
import { SwitchRow } from "../../../ui/check.tsx";
import { Field } from "../../../ui/field.tsx";
import { Input, TextArea } from "../../../ui/input.tsx";
import { LanguageField } from "../language-field.tsx";
import styles from "../settings.module.css";
import type { WorkspaceDraft } from "./workspace-draft.ts";

export interface WorkspaceFieldsProps {
  values: WorkspaceDraft;
  onChange: (change: Partial<WorkspaceDraft>) => void;
  /** What is wrong with a field; null when nothing is. */
  wrong: (field: keyof WorkspaceDraft) => string | null;
  disabled: boolean;
}

/** The fields of the workspace's settings. Disabled, they can still be read. */
export function WorkspaceFields({ values, onChange, wrong, disabled }: WorkspaceFieldsProps) {
  return (
    <fieldset className={styles.fields} disabled={disabled} aria-label="Settings of the workspace">
      <Field label="Name" error={wrong("name")}>
        {(control) => (
          <Input
            {...control}
            maxLength={80}
            value={values.name}
            onChange={(e) => onChange({ name: e.currentTarget.value })}
          />
        )}
      </Field>
      <SwitchRow
        label="Agents see all calls"
        hint="Off: each sees their own calls and those of the numbers that they answer at."
        checked={values.agentsSeeAllCalls}
        onChange={(e) => onChange({ agentsSeeAllCalls: e.currentTarget.checked })}
      />
      <Field
        label="Announcement of new numbers"
        hint="Spoken before the recording begins. Each number can have its own."
        error={wrong("announcement")}
      >
        {(control) => (
          <TextArea
            {...control}
            rows={2}
            maxLength={1_000}
            value={values.announcement}
            onChange={(e) => onChange({ announcement: e.currentTarget.value })}
          />
        )}
      </Field>
      <LanguageField
        label="Language of new numbers"
        error={wrong("language")}
        value={values.language}
        onChange={(language) => onChange({ language })}
      />
      <Field
        label="Names and terms to listen for"
        hint="One a line. For every number, besides its own."
        error={wrong("keyTerms")}
      >
        {(control) => (
          <TextArea
            {...control}
            rows={3}
            value={values.keyTerms}
            onChange={(e) => onChange({ keyTerms: e.currentTarget.value })}
          />
        )}
      </Field>
      <Field
        label="Origins that may call the API"
        hint="One a line, such as https://crm.example.com: pages that ask with a key or token. Empty: none but this app."
        error={wrong("allowedOrigins")}
      >
        {(control) => (
          <TextArea
            {...control}
            rows={2}
            className="receipt"
            spellCheck={false}
            value={values.allowedOrigins}
            onChange={(e) => onChange({ allowedOrigins: e.currentTarget.value })}
          />
        )}
      </Field>
    </fieldset>
  );
}
