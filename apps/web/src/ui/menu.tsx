"use client";
import type { LucideIcon } from "lucide-react";
import { lazy, type ReactNode, type Ref, Suspense, useRef, useState } from "react";

const loadPopup = () => import("./menu-popup.tsx");
const MenuPopup = lazy(loadPopup);

export interface MenuAction {
  key: string;
  label: string;
  icon?: LucideIcon;
  /** One of several choices, and whether it is the chosen one; choices stand first, with a tick, then what can be done. */
  chosen?: boolean;
  onSelect: () => void;
}

/** What the button that opens a menu must carry. */
export interface MenuControl {
  ref: Ref<HTMLButtonElement>;
  "aria-haspopup": "menu";
  "aria-expanded": boolean;
  onClick: () => void;
  onPointerEnter: () => void;
  onFocus: () => void;
}

export interface MenuProps {
  /** Says what the menu is about; shown above its entries. */
  head?: ReactNode;
  label: string;
  actions: readonly MenuAction[];
  children: (control: MenuControl) => ReactNode;
}

/** A button with a list of actions or choices. The list's code is fetched when the pointer or focus comes near the button. */
export function Menu({ head, label, actions, children }: MenuProps) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const fetchAhead = () => void loadPopup();
  return (
    <>
      {children({
        ref: button,
        "aria-haspopup": "menu",
        "aria-expanded": open,
        onClick: () => setOpen(!open),
        onPointerEnter: fetchAhead,
        onFocus: fetchAhead,
      })}
      {open && (
        <Suspense>
          <MenuPopup head={head} label={label} actions={actions} anchor={button} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
