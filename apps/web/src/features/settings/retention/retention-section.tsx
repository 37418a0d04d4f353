"use client";
import { useQuery } from "@tanstack/react-query";
import { Scale } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useMay } from "../../../api/use-may.ts";
import { workspaceQuery } from "../../../api/workspaces.ts";
import { Button } from "../../../ui/button.tsx";
import { Icon } from "../../../ui/icon.tsx";
import { Failure } from "../../failure/failure.tsx";
import { RowsSkeleton } from "../rows.tsx";
import { Section } from "../section.tsx";
import { Holds } from "./holds.tsx";
import { RetentionForm } from "./retention-form.tsx";

const HoldDialog = lazy(() => import("../../lifecycle/hold-dialog.tsx"));

/** For how long what is kept, and what is kept whatever the rules say. */
export function RetentionSection() {
  const { data, isPending, error, isFetching, refetch } = useQuery(workspaceQuery);
  const may = useMay();
  const [asks, setAsks] = useState(false);
  return (
    <>
      <Section
        id="rules"
        title="Retention"
        text="Each night, what is older goes for good: here, in the storage and at the carrier. Days are counted from the call’s beginning."
      >
        {data && <RetentionForm workspace={data} />}
        {isPending && <RowsSkeleton />}
        {error && !data && (
          <Failure
            title="The rules did not load"
            error={error}
            meaning="They are as they were."
            isTrying={isFetching}
            onTryAgain={refetch}
          />
        )}
      </Section>
      {may("holds:manage") && (
        <Section
          id="holds"
          title="Legal holds"
          text="What is held is not deleted, by whomever and whatever rule."
          action={
            <Button look="line" size="sm" onClick={() => setAsks(true)}>
              <Icon of={Scale} small />
              Hold everything
            </Button>
          }
        >
          <Holds />
        </Section>
      )}
      {asks && (
        <Suspense>
          <HoldDialog callId={null} onClose={() => setAsks(false)} />
        </Suspense>
      )}
    </>
  );
}
