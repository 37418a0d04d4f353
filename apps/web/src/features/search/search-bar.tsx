"use client";
import type { Direction } from "@earwitness/shared";
import type { RefObject } from "react";
import { isNarrowed, NO_SEARCH_FILTERS } from "../../api/search.ts";
import { languageName } from "../../format/language.ts";
import { Button } from "../../ui/button.tsx";
import { Chip } from "../../ui/chip.tsx";
import { SearchInput } from "../../ui/input.tsx";
import { Kbd } from "../../ui/kbd.tsx";
import { Menu } from "../../ui/menu.tsx";
import { choices } from "../calls/choices.ts";
import { NumberSearch } from "../calls/number-search.tsx";
import { WhenChip } from "../calls/when-chip.tsx";
import styles from "./search-screen.module.css";
import type { TypedSearch } from "./use-search.ts";

const SPEAKER_WORDS = { caller: "the other party", agent: "our side" } as const;
const DIRECTION_WORDS: Record<Direction, string> = { inbound: "inbound", outbound: "outbound" };
/** What the API refuses is not typed. */
const MAX_CHARACTERS = 200;

export interface SearchBarProps {
  search: TypedSearch;
  input: RefObject<HTMLInputElement | null>;
  /** Those of the workspace's words, as far as they are known. */
  languages: readonly string[];
  /** Leads from the field down to what was found. */
  onDown: () => void;
}

/** The words that are looked for, and below them among what. */
export function SearchBar({ search, input, languages, onDown }: SearchBarProps) {
  const { filters, typed, type, ask, change } = search;
  const { speaker, direction, when, language, number } = filters;
  const named = [...new Set([...languages, ...(language === null ? [] : [language])])].filter((each) => each !== "und");
  return (
    <search className={styles.bar}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          ask();
        }}
      >
        <SearchInput
          ref={input}
          className={styles.words}
          label="Words that were said"
          placeholder='rebate  "flame sensor"  cancel*  -test'
          autoComplete="off"
          enterKeyHint="search"
          maxLength={MAX_CHARACTERS}
          value={typed}
          end={<Kbd>/</Kbd>}
          onChange={(event) => type(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "ArrowDown") onDown();
            if (event.key === "ArrowDown" || event.key === "Escape") event.currentTarget.blur();
          }}
        />
      </form>
      <div className={styles.chips}>
        <Menu label="Said by" actions={choices(SPEAKER_WORDS, speaker, (chosen) => change({ speaker: chosen }))}>
          {(control) => (
            <Chip
              name="Said by"
              value={speaker && SPEAKER_WORDS[speaker]}
              control={control}
              onClear={() => change({ speaker: null })}
            />
          )}
        </Menu>
        <WhenChip when={when} onWhen={(chosen) => change({ when: chosen })} />
        <Menu
          label="Direction"
          actions={choices(DIRECTION_WORDS, direction, (chosen) => change({ direction: chosen }))}
        >
          {(control) => (
            <Chip
              name="Direction"
              value={direction && DIRECTION_WORDS[direction]}
              control={control}
              onClear={() => change({ direction: null })}
            />
          )}
        </Menu>
        {(named.length > 1 || language !== null) && (
          <Menu
            label="Language"
            actions={named.map((each) => ({
              key: each,
              label: languageName(each),
              chosen: each === language,
              onSelect: () => change({ language: each }),
            }))}
          >
            {(control) => (
              <Chip
                name="Language"
                value={language && languageName(language)}
                control={control}
                onClear={() => change({ language: null })}
              />
            )}
          </Menu>
        )}
        <NumberSearch key={number ?? ""} number={number} onNumber={(next) => change({ number: next })} />
        {isNarrowed(filters) && (
          <Button size="sm" onClick={() => change(NO_SEARCH_FILTERS)}>
            Clear filters
          </Button>
        )}
      </div>
    </search>
  );
}
