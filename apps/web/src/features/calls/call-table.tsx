"use client";
import type { CallSummary } from "@earwitness/shared";
import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowUp } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { usePhoneFormat } from "../../format/phone.ts";
import { counted } from "../../format/size.ts";
import { Icon } from "../../ui/icon.tsx";
import { Spinner } from "../../ui/spinner.tsx";
import { LiveDot } from "../../ui/status.tsx";
import { useNow } from "../../ui/use-now.ts";
import { useKeys } from "../shell/use-keys.ts";
import { CallRow, CallTableHead } from "./call-row.tsx";
import styles from "./call-table.module.css";
import { type CallGroup, groupByDay } from "./group-by-day.ts";
import { useSteadyList } from "./use-steady-list.ts";

/** The next page is asked for when this few loaded rows are left below the last one in sight. */
const ROWS_AHEAD = 15;
const COLUMNS = 7;
/** Where each list was left, by its question: going back to one finds it as it was. */
const leftAt = new Map<string, number>();

type Line = { kind: "group"; group: CallGroup } | { kind: "call"; call: CallSummary } | { kind: "more" };

export interface CallTableProps {
  /** Names the question that this list answers. */
  question: string;
  calls: readonly CallSummary[];
  hasMore: boolean;
  isLoadingMore: boolean;
  onMore: () => void;
  /** What the list must say before its first row. */
  notice?: ReactNode;
}

/** Calls, newest first, grouped by day. Only the rows in sight are drawn, so that thousands scroll as lightly as ten. */
export default function CallTable({ question, calls, hasMore, isLoadingMore, onMore, notice }: CallTableProps) {
  const router = useRouter();
  const formatPhone = usePhoneFormat();
  const list = useRef<HTMLElement>(null);
  const [cursor, setCursor] = useState<string | null>(null);
  const steady = useSteadyList(list, calls);
  const today = new Date(useNow(60_000)).toDateString();
  const lines = useMemo(
    () => linesOf(groupByDay(steady.calls, new Date(today), { hasMore, isLive: steady.isLive }), hasMore),
    [steady, hasMore, today],
  );
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => list.current,
    estimateSize: (index) => (lines[index]?.kind === "group" ? 31 : 45),
    getItemKey: (index) => keyOf(lines[index]),
    overscan: 12,
    initialOffset: leftAt.get(question) ?? 0,
  });
  const shown = rows.getVirtualItems();
  const lastShown = shown.at(-1)?.index ?? 0;

  useEffect(() => {
    if (hasMore && !isLoadingMore && lastShown >= lines.length - ROWS_AHEAD) onMore();
  }, [hasMore, isLoadingMore, lastShown, lines.length, onMore]);

  const open = (call: CallSummary) => router.push(`/calls/${call.id}`);
  const move = (step: 1 | -1) => {
    const at = lines.findIndex((line) => line.kind === "call" && line.call.id === cursor);
    const next = nextCall(lines, at, step);
    if (next === null) return;
    setCursor(next.call.id);
    rows.scrollToIndex(next.index);
  };
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    Enter: () => {
      const call = calls.find(({ id }) => id === cursor);
      if (call) open(call);
    },
  });

  const before = shown[0]?.start ?? 0;
  const after = rows.getTotalSize() - (shown.at(-1)?.end ?? 0);
  return (
    <section
      ref={list}
      className={styles.list}
      aria-label="Calls, newest first"
      onScroll={(event) => leftAt.set(question, event.currentTarget.scrollTop)}
    >
      {notice}
      {steady.waiting > 0 && (
        <button className={styles.news} type="button" onClick={steady.release}>
          <Icon of={ArrowUp} small />
          {steady.waiting} new
        </button>
      )}
      <table className={styles.table} aria-rowcount={hasMore ? -1 : calls.length}>
        <CallTableHead />
        <tbody>
          <Gap height={before} />
          {shown.map(({ index, key }) => {
            const line = lines[index];
            if (line?.kind === "call") {
              return (
                <CallRow
                  key={key}
                  call={line.call}
                  index={index}
                  hasCursor={line.call.id === cursor}
                  formatPhone={formatPhone}
                  measure={rows.measureElement}
                  onOpen={open}
                />
              );
            }
            return line?.kind === "group" ? (
              <tr key={key} ref={rows.measureElement} data-index={index} className={styles.group}>
                <th colSpan={COLUMNS} scope="colgroup">
                  {line.group.live && <LiveDot />}
                  {line.group.heading} {line.group.complete && <span className="quiet">{line.group.calls.length}</span>}
                </th>
              </tr>
            ) : (
              <tr key={key} ref={rows.measureElement} data-index={index} className={styles.more}>
                <td colSpan={COLUMNS}>
                  <span role="status">
                    <Spinner /> Loading more. {counted(calls.length, "call")} so far.
                  </span>
                </td>
              </tr>
            );
          })}
          <Gap height={after} />
        </tbody>
      </table>
    </section>
  );
}

/** The room of the rows that are not drawn. */
function Gap({ height }: { height: number }) {
  return height > 0 ? (
    <tr className={styles.gap}>
      <td colSpan={COLUMNS} style={{ height }} />
    </tr>
  ) : null;
}

function linesOf(groups: readonly CallGroup[], hasMore: boolean): Line[] {
  const lines = groups.flatMap((group): Line[] => [
    { kind: "group", group },
    ...group.calls.map((call): Line => ({ kind: "call", call })),
  ]);
  return hasMore ? [...lines, { kind: "more" }] : lines;
}

function keyOf(line: Line | undefined): string {
  if (line?.kind === "call") return line.call.id;
  return line?.kind === "group" ? `group ${line.group.key}` : "more";
}

function nextCall(lines: readonly Line[], at: number, step: 1 | -1): { index: number; call: CallSummary } | null {
  const begin = at === -1 && step === -1 ? lines.length : at;
  for (let index = begin + step; index >= 0 && index < lines.length; index += step) {
    const line = lines[index];
    if (line?.kind === "call") return { index, call: line.call };
  }
  return null;
}
