"use client";
import type { CallState, Direction } from "@earwitness/shared";
import { lazy, type RefObject, Suspense, useState } from "react";
import { type CallFilters, isFiltered, NO_FILTERS } from "../../api/call-filters.ts";
import { Button } from "../../ui/button.tsx";
import { Chip } from "../../ui/chip.tsx";
import { Menu, type MenuAction } from "../../ui/menu.tsx";
import styles from "./filter-bar.module.css";
import { NumberSearch } from "./number-search.tsx";
import { WHEN_WORDS, whenWords } from "./when-words.ts";

const DaysDialog = lazy(() => import("./days-dialog.tsx"));

const STATE_WORDS: Record<CallState, string> = { ringing: "ringing", live: "on the line", ended: "ended" };
const DIRECTION_WORDS: Record<Direction, string> = { inbound: "inbound", outbound: "outbound" };

export interface FilterBarProps {
  filters: CallFilters;
  onChange: (change: Partial<CallFilters>) => void;
  search: RefObject<HTMLInputElement | null>;
}

/** The question that the list answers, one part a chip. */
export function FilterBar({ filters, onChange, search }: FilterBarProps) {
  const [asksDays, setAsksDays] = useState(false);
  const { when, direction, state, number } = filters;
  const whenActions: MenuAction[] = [
    ...choices(WHEN_WORDS, when && "name" in when ? when.name : null, (name) => onChange({ when: { name } })),
    {
      key: "days",
      label: "Between two days…",
      chosen: when !== null && !("name" in when),
      onSelect: () => setAsksDays(true),
    },
  ];
  return (
    <search className={styles.filters}>
      <NumberSearch key={number ?? ""} number={number} onNumber={(next) => onChange({ number: next })} input={search} />
      <div className={styles.chips}>
        <Menu label="When" actions={whenActions}>
          {(control) => (
            <Chip
              name="When"
              value={when && whenWords(when)}
              control={control}
              onClear={() => onChange({ when: null })}
            />
          )}
        </Menu>
        <Menu
          label="Direction"
          actions={choices(DIRECTION_WORDS, direction, (chosen) => onChange({ direction: chosen }))}
        >
          {(control) => (
            <Chip
              name="Direction"
              value={direction && DIRECTION_WORDS[direction]}
              control={control}
              onClear={() => onChange({ direction: null })}
            />
          )}
        </Menu>
        <Menu label="State" actions={choices(STATE_WORDS, state, (chosen) => onChange({ state: chosen }))}>
          {(control) => (
            <Chip
              name="State"
              value={state && STATE_WORDS[state]}
              control={control}
              onClear={() => onChange({ state: null })}
            />
          )}
        </Menu>
        {isFiltered(filters) && (
          <Button size="sm" onClick={() => onChange(NO_FILTERS)}>
            Clear all
          </Button>
        )}
      </div>
      {asksDays && (
        <Suspense>
          <DaysDialog
            when={when}
            onClose={() => setAsksDays(false)}
            onChoose={(chosen) => onChange({ when: chosen })}
          />
        </Suspense>
      )}
    </search>
  );
}

/** The question in words, for when nothing answers to it. */
export function filterWords(
  { when, direction, state, number }: CallFilters,
  formatPhone: (number: string) => string,
): string {
  const parts = [
    direction && DIRECTION_WORDS[direction],
    state && STATE_WORDS[state],
    number && formatPhone(number),
    when && whenWords(when),
  ];
  return parts.filter(Boolean).join(", ");
}

function choices<Value extends string>(
  words: Record<Value, string>,
  chosen: Value | null,
  onSelect: (value: Value) => void,
): MenuAction[] {
  const names = Object.keys(words).filter((key): key is Value => key in words);
  return names.map((key) => ({
    key,
    label: words[key].charAt(0).toUpperCase() + words[key].slice(1),
    chosen: key === chosen,
    onSelect: () => onSelect(key),
  }));
}
