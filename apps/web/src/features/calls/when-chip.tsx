"use client";
import { lazy, Suspense, useState } from "react";
import type { WhenFilter } from "../../api/when-filter.ts";
import { Chip } from "../../ui/chip.tsx";
import { Menu, type MenuAction } from "../../ui/menu.tsx";
import { choices } from "./choices.ts";
import { WHEN_WORDS, whenWords } from "./when-words.ts";

const DaysDialog = lazy(() => import("./days-dialog.tsx"));

export interface WhenChipProps {
  when: WhenFilter | null;
  onWhen: (when: WhenFilter | null) => void;
}

/** The part of a question that says when: days that have a name, or any two. */
export function WhenChip({ when, onWhen }: WhenChipProps) {
  const [asksDays, setAsksDays] = useState(false);
  const actions: MenuAction[] = [
    ...choices(WHEN_WORDS, when && "name" in when ? when.name : null, (name) => onWhen({ name })),
    {
      key: "days",
      label: "Between two days…",
      chosen: when !== null && !("name" in when),
      onSelect: () => setAsksDays(true),
    },
  ];
  return (
    <>
      <Menu label="When" actions={actions}>
        {(control) => (
          <Chip name="When" value={when && whenWords(when)} control={control} onClear={() => onWhen(null)} />
        )}
      </Menu>
      {asksDays && (
        <Suspense>
          <DaysDialog when={when} onClose={() => setAsksDays(false)} onChoose={onWhen} />
        </Suspense>
      )}
    </>
  );
}
