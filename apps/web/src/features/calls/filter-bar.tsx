"use client";
import type { CallState, Direction } from "@earwitness/shared";
import type { RefObject } from "react";
import { type CallFilters, isFiltered, NO_FILTERS } from "../../api/call-filters.ts";
import { Button } from "../../ui/button.tsx";
import { Chip } from "../../ui/chip.tsx";
import { Menu } from "../../ui/menu.tsx";
import { choices } from "./choices.ts";
import styles from "./filter-bar.module.css";
import { NumberSearch } from "./number-search.tsx";
import { WhenChip } from "./when-chip.tsx";
import { whenWords } from "./when-words.ts";

const STATE_WORDS: Record<CallState, string> = { ringing: "ringing", live: "on the line", ended: "ended" };
const DIRECTION_WORDS: Record<Direction, string> = { inbound: "inbound", outbound: "outbound" };

export interface FilterBarProps {
  filters: CallFilters;
  onChange: (change: Partial<CallFilters>) => void;
  search: RefObject<HTMLInputElement | null>;
}

/** The question that the list answers, one part a chip. */
export function FilterBar({ filters, onChange, search }: FilterBarProps) {
  const { when, direction, state, number } = filters;
  return (
    <search className={styles.filters}>
      <NumberSearch key={number ?? ""} number={number} onNumber={(next) => onChange({ number: next })} input={search} />
      <div className={styles.chips}>
        <WhenChip when={when} onWhen={(chosen) => onChange({ when: chosen })} />
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
