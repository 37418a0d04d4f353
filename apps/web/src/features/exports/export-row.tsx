"use client";
import type { ExportView } from "@earwitness/shared";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Download, FileText, X } from "lucide-react";
import { errorMessage } from "../../api/api-error.ts";
import { cancelExport, downloadAddress } from "../../api/transfers.ts";
import { counted, shortBytes } from "../../format/size.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Spinner } from "../../ui/spinner.tsx";
import { Day, Moment } from "../settings/moment.tsx";
import styles from "../settings/rows.module.css";
import { FORMATS, KINDS, STATES } from "./export-words.ts";

/** One file: what it is of, how far it is, and what can be done with it. */
export function ExportRow({ file }: { file: ExportView }) {
  const client = useQueryClient();
  const fetching = useMutation({
    mutationFn: () => downloadAddress(file.id),
    // The storage says that it is to be saved, so the page stays where it is.
    onSuccess: ({ url }) => window.location.assign(url),
  });
  const cancelling = useMutation({
    mutationFn: () => cancelExport(file.id),
    onSuccess: () => client.invalidateQueries({ queryKey: ["exports"] }),
  });
  const name = `${KINDS[file.kind]}, ${FORMATS[file.format]}`;
  const isUnderWay = file.state === "queued" || file.state === "running";
  const failure = fetching.error ?? cancelling.error;
  return (
    <li className={styles.row}>
      {isUnderWay ? <Spinner /> : <Icon of={FileText} />}
      <div className={styles.who}>
        <p>
          <span className="strong">{name}</span> · <Moment instant={file.createdAt} />
        </p>
        <p className="quiet small" role={isUnderWay ? "status" : undefined}>
          {STATES[file.state]}
          {file.rowCount > 0 && ` · ${counted(file.rowCount, "row")}`}
          {file.sizeBytes !== null && ` · ${shortBytes(file.sizeBytes)}`}
          {file.reason !== null && ` · ${file.reason}`}
          {file.state === "ready" && file.expiresAt !== null && (
            <>
              {" "}
              · until <Day instant={file.expiresAt} />
            </>
          )}
        </p>
      </div>
      <div className={styles.end}>
        {file.state === "ready" && (
          <Button
            look="line"
            size="sm"
            busy={fetching.isPending}
            aria-label={`Download ${name}`}
            onClick={() => fetching.mutate()}
          >
            {!fetching.isPending && <Icon of={Download} small />}
            Download
          </Button>
        )}
        {isUnderWay && (
          <Button
            look="line"
            size="sm"
            busy={cancelling.isPending}
            aria-label={`Cancel ${name}`}
            onClick={() => cancelling.mutate()}
          >
            {!cancelling.isPending && <Icon of={X} small />}
            Cancel
          </Button>
        )}
      </div>
      {failure && (
        <Notice tone="bad" role="alert" className={styles.below}>
          {errorMessage(failure)}
        </Notice>
      )}
    </li>
  );
}
