"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Download, RefreshCw } from "lucide-react";
import { AUDIT_EXPORT, auditQuery, NO_AUDIT_FILTERS, writeAuditFilters } from "../../../api/audit.ts";
import { Button, buttonClass } from "../../../ui/button.tsx";
import { Empty } from "../../../ui/empty.tsx";
import { Icon } from "../../../ui/icon.tsx";
import { Failure, StaleNotice } from "../../failure/failure.tsx";
import { Rows, RowsSkeleton } from "../rows.tsx";
import { Section } from "../section.tsx";
import styles from "./audit.module.css";
import { AuditEntry } from "./audit-entry.tsx";
import { AuditFilterBar } from "./audit-filter-bar.tsx";
import { useAuditFilters } from "./use-audit-filters.ts";
import { useObjectNames } from "./use-object-names.ts";

/** Who did what, to what, when and from where. Entries can be added and read, never changed. */
export function AuditSection() {
  const [filters, setFilters] = useAuditFilters();
  const nameOf = useObjectNames();
  const { data, isPending, error, isFetching, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useInfiniteQuery(auditQuery(filters));
  const entries = data?.pages.flatMap((page) => page.entries) ?? [];
  const isFiltered = writeAuditFilters(filters) !== "";
  return (
    <Section
      id="log"
      title="Audit log"
      text="Who did what, when and from where. Each entry names the one before it by its SHA-256: none can be altered or taken out unseen."
      action={
        <a className={buttonClass({ look: "line", size: "sm" })} href={AUDIT_EXPORT} download>
          <Icon of={Download} small />
          Export all
        </a>
      }
    >
      <AuditFilterBar filters={filters} onChange={setFilters} />
      {error && data && (
        <StaleNotice title="The log may be older." error={error} isTrying={isFetching} onTryAgain={refetch} />
      )}
      {entries.length > 0 && (
        <Rows label="Audit log">
          {entries.map((entry) => (
            <AuditEntry
              key={entry.n}
              entry={entry}
              nameOf={nameOf}
              onOnlyThis={(objectId) => setFilters({ ...NO_AUDIT_FILTERS, objectId })}
            />
          ))}
        </Rows>
      )}
      {data && entries.length === 0 && (
        <Empty
          title="No entry fits"
          action={
            isFiltered && (
              <Button look="line" onClick={() => setFilters(NO_AUDIT_FILTERS)}>
                Clear filters
              </Button>
            )
          }
        >
          {isFiltered ? "Ask for other days, people or deeds." : "Nothing was done in this workspace yet."}
        </Empty>
      )}
      {isPending && <RowsSkeleton />}
      {error && !data && (
        <Failure
          title="The log did not load"
          error={error}
          meaning="It is kept and goes on being written."
          isTrying={isFetching}
          onTryAgain={refetch}
        />
      )}
      {entries.length > 0 && (
        <div className={styles.acts}>
          {hasNextPage && (
            <Button look="line" busy={isFetchingNextPage} onClick={() => fetchNextPage()}>
              {isFetchingNextPage ? "Loading more" : "Load more"}
            </Button>
          )}
          <Button busy={isFetching && !isFetchingNextPage} onClick={() => refetch()}>
            {!isFetching && <Icon of={RefreshCw} small />}
            Look for newer ones
          </Button>
          <span className="quiet small" role="status">
            {entries.length} shown{hasNextPage ? ", there are more" : ""}
          </span>
        </div>
      )}
    </Section>
  );
}
