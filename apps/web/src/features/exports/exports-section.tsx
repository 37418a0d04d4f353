"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { FileDown } from "lucide-react";
import { errorMessage } from "../../api/api-error.ts";
import { exportsQuery, makeExport } from "../../api/transfers.ts";
import { useMay } from "../../api/use-may.ts";
import { Button } from "../../ui/button.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Failure, StaleNotice } from "../failure/failure.tsx";
import { Rows, RowsSkeleton } from "../settings/rows.tsx";
import { Section } from "../settings/section.tsx";
import { ExportRow } from "./export-row.tsx";
import { ImportsSection } from "./imports-section.tsx";

/** The files that were asked for: how far each is, where it is fetched, until when. Below them, what is taken in. */
export function ExportsSection() {
  const may = useMay();
  return (
    <>
      <Exports />
      {may("imports:run") && <ImportsSection />}
    </>
  );
}

function Exports() {
  const client = useQueryClient();
  const may = useMay();
  const { data, isPending, error, isFetching, refetch } = useQuery(exportsQuery);
  const making = useMutation({
    mutationFn: () => makeExport({ kind: "audit", format: "csv" }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["exports"] }),
  });
  return (
    <Section
      id="exports"
      title="Exports"
      text="Files of calls, transcripts and the audit log. They are asked for where their calls are shown, and kept for a week."
      action={
        may("audit:read") && (
          <Button look="line" size="sm" busy={making.isPending} onClick={() => making.mutate()}>
            {!making.isPending && <Icon of={FileDown} small />}
            Audit log as CSV
          </Button>
        )
      }
    >
      {making.isError && (
        <Notice tone="bad" role="alert">
          Nothing is written. {errorMessage(making.error)}
        </Notice>
      )}
      {error && data && (
        <StaleNotice title="This list may be old." error={error} isTrying={isFetching} onTryAgain={refetch} />
      )}
      {data && data.exports.length > 0 && (
        <Rows label="Exports">
          {data.exports.map((each) => (
            <ExportRow key={each.id} file={each} />
          ))}
        </Rows>
      )}
      {data?.exports.length === 0 && (
        <Empty title="No exports yet">Use “Export” above the list of calls, or on the page of a call.</Empty>
      )}
      {isPending && <RowsSkeleton />}
      {error && !data && (
        <Failure
          title="The exports did not load"
          error={error}
          meaning="What is being written goes on."
          isTrying={isFetching}
          onTryAgain={refetch}
        />
      )}
    </Section>
  );
}
