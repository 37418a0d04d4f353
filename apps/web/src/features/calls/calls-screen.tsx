"use client";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { PhoneOutgoing } from "lucide-react";
import { lazy, Suspense, useMemo, useRef, useState } from "react";
import { isFiltered, NO_FILTERS, writeFilters } from "../../api/call-filters.ts";
import { callsQuery, meQuery } from "../../api/queries.ts";
import { useMay } from "../../api/use-may.ts";
import { usePhoneFormat } from "../../format/phone.ts";
import { LinkStatus } from "../../live/link-status.tsx";
import { useBrowserValue } from "../../ui/browser-value.ts";
import { Button } from "../../ui/button.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Failure, StaleNotice } from "../failure/failure.tsx";
import { Bar } from "../shell/bar.tsx";
import { useKeys } from "../shell/use-keys.ts";
import styles from "./calls-screen.module.css";
import { CallsSkeleton } from "./calls-skeleton.tsx";
import { FilterBar, filterWords } from "./filter-bar.tsx";
import { useFilters } from "./use-filters.ts";

const CallTable = lazy(() => import("./call-table.tsx"));
const ExportCalls = lazy(() => import("../exports/export-calls.tsx"));
const FirstRun = lazy(() => import("../first-run/first-run.tsx"));
const PlaceCallDialog = lazy(() => import("../place-call/place-call-dialog.tsx"));

const readTestCall = () => new URLSearchParams(window.location.search).get("test") ?? "";

/** The list of calls, which keeps itself up to date; in a workspace without calls, the way to the first one. */
export default function CallsScreen() {
  const [filters, changeFilters] = useFilters();
  const testCallId = useBrowserValue(readTestCall) || null;
  // While the question changes, the old rows stay.
  const list = useInfiniteQuery({ ...callsQuery(filters), placeholderData: keepPreviousData });
  const calls = useMemo(() => list.data?.pages.flatMap((page) => page.calls) ?? [], [list.data]);
  const [placesCall, setPlacesCall] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const may = useMay();
  const isKnown = useQuery(meQuery).data !== undefined;
  const mayCall = may("calls:place");
  useKeys({ ...(mayCall && { c: () => setPlacesCall(true) }), "/": () => search.current?.focus() });

  const hasNone = list.isSuccess && !list.isPlaceholderData && calls.length === 0 && !isFiltered(filters);
  // Only who sets up the workspace is led to its first call; an agent without calls of their own is no beginning.
  const isFirstRun = (hasNone && may("numbers:change")) || testCallId !== null;
  if (hasNone && !isKnown) return <CallsSkeleton />;
  if (isFirstRun) {
    return (
      <Suspense fallback={<CallsSkeleton />}>
        <FirstRun testCallId={testCallId} />
      </Suspense>
    );
  }
  return (
    <>
      <Bar title="Calls" beside={<LinkStatus />}>
        {may("exports:make") && (
          <Suspense>
            <ExportCalls filters={filters} />
          </Suspense>
        )}
        {mayCall && (
          <Button look="primary" size="sm" onClick={() => setPlacesCall(true)}>
            <Icon of={PhoneOutgoing} small />
            Call
          </Button>
        )}
      </Bar>
      <FilterBar filters={filters} onChange={changeFilters} search={search} />
      {calls.length > 0 ? (
        <Suspense fallback={<CallsSkeleton rowsOnly />}>
          <CallTable
            key={writeFilters(filters)}
            question={writeFilters(filters)}
            calls={calls}
            hasMore={list.hasNextPage}
            isLoadingMore={list.isFetchingNextPage}
            onMore={list.fetchNextPage}
            notice={
              list.isError && (
                <StaleNotice
                  className={styles.notice}
                  title={list.isFetchNextPageError ? "Older calls did not load." : "This list may be old."}
                  error={list.error}
                  isTrying={list.isFetching}
                  onTryAgain={() => (list.isFetchNextPageError ? list.fetchNextPage() : list.refetch())}
                />
              )
            }
          />
        </Suspense>
      ) : hasNone ? (
        <Empty className={styles.empty} title="No calls yet">
          You see the calls that you place, and those of the numbers that you answer at.
        </Empty>
      ) : (
        <NoRows list={list} words={<FilterWords filters={filters} />} onClear={() => changeFilters(NO_FILTERS)} />
      )}
      {placesCall && (
        <Suspense>
          <PlaceCallDialog onClose={() => setPlacesCall(false)} />
        </Suspense>
      )}
    </>
  );
}

interface NoRowsProps {
  list: { isPending: boolean; isError: boolean; isFetching: boolean; error: unknown; refetch: () => unknown };
  words: React.ReactNode;
  onClear: () => void;
}

/** Why there is no row: still on its way, not loaded, or nothing fits. */
function NoRows({ list, words, onClear }: NoRowsProps) {
  if (list.isPending) return <CallsSkeleton rowsOnly />;
  if (list.isError) {
    return (
      <Failure
        className={styles.empty}
        title="The list did not load"
        error={list.error}
        meaning="Your calls are safe; only this view is missing."
        isTrying={list.isFetching}
        onTryAgain={list.refetch}
      />
    );
  }
  return (
    <Empty
      className={styles.empty}
      title="No call fits"
      action={
        <Button look="line" onClick={onClear}>
          Clear filters
        </Button>
      }
    >
      Looked for: {words}. Ask for less, or for another time.
    </Empty>
  );
}

function FilterWords({ filters }: { filters: Parameters<typeof filterWords>[0] }) {
  return filterWords(filters, usePhoneFormat());
}
