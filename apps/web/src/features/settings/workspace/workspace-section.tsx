"use client";
import { useQuery } from "@tanstack/react-query";
import { workspaceQuery } from "../../../api/workspaces.ts";
import { Skeleton } from "../../../ui/skeleton.tsx";
import { Failure, StaleNotice } from "../../failure/failure.tsx";
import { Section } from "../section.tsx";
import styles from "../settings.module.css";
import { WorkspaceForm } from "./workspace-form.tsx";

/** What every call of the workspace starts from, and who else may ask its API. */
export function WorkspaceSection() {
  const { data, isPending, error, isFetching, refetch } = useQuery(workspaceQuery);
  return (
    <Section id="general" title="Workspace" text="What every call starts from. A number may differ.">
      {error && data && (
        <StaleNotice title="The settings may be older." error={error} isTrying={isFetching} onTryAgain={refetch} />
      )}
      {data && <WorkspaceForm workspace={data} />}
      {isPending && (
        <div className={styles.skeleton}>
          <Skeleton width="third" />
          <Skeleton />
          <Skeleton width="half" />
          <Skeleton />
        </div>
      )}
      {error && !data && (
        <Failure
          title="The workspace’s settings did not load"
          error={error}
          meaning="They are as they were."
          isTrying={isFetching}
          onTryAgain={refetch}
        />
      )}
    </Section>
  );
}
