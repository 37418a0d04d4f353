"use client";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from "react";
import { asksSomething, searchQuery } from "../../api/search.ts";
import { counted } from "../../format/size.ts";
import { Button } from "../../ui/button.tsx";
import type { Playback } from "../call/player/playback.ts";
import { StaleNotice } from "../failure/failure.tsx";
import { Bar } from "../shell/bar.tsx";
import { useKeys } from "../shell/use-keys.ts";
import { FoundCalls } from "./found-calls.tsx";
import { addressOf, type FoundLine, linesOf } from "./found-line.ts";
import { NothingFound } from "./nothing-found.tsx";
import { SearchBar } from "./search-bar.tsx";
import styles from "./search-screen.module.css";
import { SearchSkeleton } from "./search-skeleton.tsx";
import { useSearch } from "./use-search.ts";

const SearchPlayer = lazy(() => import("./search-player.tsx"));

/** Finds calls by what was said in them, as it is typed; what is found is heard on the spot, or opened where it was said. */
export default function SearchScreen() {
  const search = useSearch();
  const { filters } = search;
  const asks = asksSomething(filters);
  // While the question changes, what the one before found stays, dimmed.
  const answer = useInfiniteQuery({ ...searchQuery(filters), placeholderData: keepPreviousData });
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = answer;
  const found = useMemo(() => (asks ? (data?.pages.flatMap((page) => page.found) ?? []) : []), [asks, data]);
  const lines = useMemo(() => linesOf(found), [found]);
  const [cursor, setCursor] = useState<string | null>(null);
  const [heard, setHeard] = useState<{ line: FoundLine; press: number } | null>(null);
  const [playback, setPlayback] = useState<Playback | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLElement>(null);
  const router = useRouter();

  useEffect(() => {
    // Who comes to search means to type; on a phone the keyboard would hide the screen.
    if (input.current?.value === "" && window.matchMedia("(pointer: fine)").matches) input.current.focus();
  }, []);

  const at = lines.findIndex(({ hit }) => hit.utteranceId === cursor);
  function move(step: 1 | -1) {
    const next = lines[at === -1 ? (step === 1 ? 0 : lines.length - 1) : at + step];
    if (next === undefined) {
      if (step === 1 && hasNextPage) void fetchNextPage();
      return;
    }
    setCursor(next.hit.utteranceId);
    list.current?.querySelector(`[data-line="${next.hit.utteranceId}"]`)?.scrollIntoView({ block: "nearest" });
  }
  function play(line: FoundLine) {
    setCursor(line.hit.utteranceId);
    if (line.found.recording) setHeard({ line, press: (heard?.press ?? 0) + 1 });
  }
  const chosen = lines[at];
  const isHeard = chosen === undefined || chosen.hit.utteranceId === heard?.line.hit.utteranceId;
  useKeys({
    "/": () => input.current?.focus(),
    j: () => move(1),
    k: () => move(-1),
    Enter: () => chosen && router.push(addressOf(chosen.found, chosen.hit)),
    " ": () => (isHeard ? playback?.toggle() : play(chosen)),
  });

  const { searched } = data?.pages[0] ?? {};
  const recording = heard?.line.found.recording;
  return (
    <>
      <Bar
        title="Search"
        beside={
          <span className={styles.count} role="status">
            {answer.isSuccess && found.length > 0 && `${counted(found.length, "call")}${hasNextPage ? " so far" : ""}`}
          </span>
        }
      />
      <SearchBar search={search} input={input} languages={searched?.languages ?? []} onDown={() => move(1)} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <section ref={list} className={styles.found} aria-label="Found calls" tabIndex={0}>
        {found.length > 0 ? (
          <div data-old={answer.isPlaceholderData || undefined} className={styles.answer}>
            {answer.isError && (
              <StaleNotice
                className={styles.notice}
                title={answer.isFetchNextPageError ? "More did not load." : "This may be old."}
                error={answer.error}
                isTrying={answer.isFetching}
                onTryAgain={() => (answer.isFetchNextPageError ? fetchNextPage() : answer.refetch())}
              />
            )}
            <FoundCalls found={found} cursor={cursor} sounding={heard?.line.hit.utteranceId ?? null} onPlay={play} />
            {hasNextPage && (
              <p className={styles.more}>
                <Button look="line" busy={isFetchingNextPage} onClick={() => fetchNextPage()}>
                  Show more
                </Button>
              </p>
            )}
          </div>
        ) : asks && answer.isPending ? (
          <SearchSkeleton callsOnly />
        ) : (
          <NothingFound answer={answer} search={search} searched={searched} />
        )}
      </section>
      {heard && recording && (
        <Suspense>
          <SearchPlayer
            key={recording.id}
            line={heard.line}
            recording={recording}
            press={heard.press}
            onPlayback={setPlayback}
            onClose={() => setHeard(null)}
          />
        </Suspense>
      )}
    </>
  );
}
