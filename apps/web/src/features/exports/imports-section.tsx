"use client";
import type { ImportView } from "@earwitness/shared";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { FileAudio, FolderInput } from "lucide-react";
import { type FormEvent, useRef, useState } from "react";
import { errorMessage } from "../../api/api-error.ts";
import { importsQuery, startImport } from "../../api/transfers.ts";
import { counted } from "../../format/size.ts";
import { Button } from "../../ui/button.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Field } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Input } from "../../ui/input.tsx";
import { Spinner } from "../../ui/spinner.tsx";
import { Failure } from "../failure/failure.tsx";
import { Moment } from "../settings/moment.tsx";
import styles from "../settings/rows.module.css";
import { Rows, RowsSkeleton } from "../settings/rows.tsx";
import { Section } from "../settings/section.tsx";
import settings from "../settings/settings.module.css";

const STATES: Readonly<Record<ImportView["state"], string>> = {
  queued: "Waiting",
  running: "Being taken over",
  done: "Done",
  failed: "Stopped",
  cancelled: "Cancelled",
};

/** Recordings that are taken over from elsewhere, in bulk: a folder of files with a table beside them. */
export function ImportsSection() {
  const client = useQueryClient();
  const [prefix, setPrefix] = useState("");
  const [isNameless, setNameless] = useState(false);
  const folder = useRef<HTMLInputElement>(null);
  const { data, isPending, error, isFetching, refetch } = useQuery(importsQuery);
  const starting = useMutation({
    mutationFn: () => startImport(prefix),
    onSuccess: () => {
      setPrefix("");
      return client.invalidateQueries({ queryKey: ["imports"] });
    },
  });
  function start(event: FormEvent) {
    event.preventDefault();
    setNameless(prefix === "");
    if (prefix === "") folder.current?.focus();
    else if (!starting.isPending) starting.mutate();
  }
  return (
    <Section
      id="imports"
      title="Imports"
      text="Recordings that were made elsewhere become calls. Put them into a folder of the storage with a table calls.csv, and name the folder."
    >
      <form className={settings.stack} onSubmit={start} noValidate>
        <Field
          label="Folder"
          hint="Below the workspace’s own folder for imports: old-system/2024"
          error={isNameless ? "Name the folder." : starting.isError ? errorMessage(starting.error) : null}
        >
          {(control) => (
            <Input
              {...control}
              ref={folder}
              value={prefix}
              maxLength={200}
              onChange={(event) => setPrefix(event.target.value)}
            />
          )}
        </Field>
        <p>
          <Button type="submit" look="line" size="sm" busy={starting.isPending}>
            {!starting.isPending && <Icon of={FolderInput} small />}
            Start import
          </Button>
        </p>
      </form>
      {data && data.imports.length > 0 && (
        <Rows label="Imports">
          {data.imports.map((each) => (
            <ImportRow key={each.id} taking={each} />
          ))}
        </Rows>
      )}
      {data?.imports.length === 0 && <Empty title="No imports yet">What is taken over is listed here.</Empty>}
      {isPending && <RowsSkeleton />}
      {error && !data && (
        <Failure
          title="The imports did not load"
          error={error}
          meaning="What is being taken over goes on."
          isTrying={isFetching}
          onTryAgain={refetch}
        />
      )}
    </Section>
  );
}

function ImportRow({ taking }: { taking: ImportView }) {
  const isUnderWay = taking.state === "queued" || taking.state === "running";
  return (
    <li className={styles.row}>
      {isUnderWay ? <Spinner /> : <Icon of={FileAudio} />}
      <div className={styles.who}>
        <p>
          <span className="strong">{taking.prefix.split("/").slice(2).join("/")}</span> ·{" "}
          <Moment instant={taking.createdAt} />
        </p>
        <p className="quiet small" role={isUnderWay ? "status" : undefined}>
          {STATES[taking.state]} · {counted(taking.taken, "recording")} taken over
          {taking.rowCount !== null && ` of ${taking.rowCount}`}
          {taking.reason !== null && ` · ${taking.reason}`}
        </p>
      </div>
      {taking.refused.length > 0 && (
        <details className={styles.below}>
          <summary>Refused: the first {counted(taking.refused.length, "line")}</summary>
          <ul>
            {taking.refused.map(({ line, file, reason }) => (
              <li key={line}>
                Line {line}, {file}: {reason}
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}
