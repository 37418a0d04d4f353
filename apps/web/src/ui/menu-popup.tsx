"use client";
import { Menu as Base } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import type { ReactNode, RefObject } from "react";
import { Icon } from "./icon.tsx";
import styles from "./menu.module.css";
import type { MenuAction } from "./menu.tsx";

export interface MenuPopupProps {
  head?: ReactNode;
  label: string;
  actions: readonly MenuAction[];
  anchor: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
}

/** The floating list of a menu. It is open for as long as it is drawn. */
export default function MenuPopup({ head, label, actions, anchor, onClose }: MenuPopupProps) {
  const choices = actions.filter((action) => action.chosen !== undefined);
  const others = actions.filter((action) => action.chosen === undefined);
  const chosen = choices.find((action) => action.chosen)?.key;
  return (
    <Base.Root open onOpenChange={(open) => !open && onClose()}>
      {/* Inside the screen's landmark, so that those who go by landmarks find it. */}
      <Base.Portal container={document.getElementById("main")}>
        <Base.Positioner anchor={anchor} align="start" sideOffset={4} className={styles.place}>
          <Base.Popup className={styles.menu} aria-label={label} finalFocus={anchor}>
            {head && <div className={styles.head}>{head}</div>}
            {choices.length > 0 && (
              <Base.RadioGroup value={chosen ?? null}>
                {choices.map(({ key, label: name, onSelect }) => (
                  <Base.RadioItem key={key} value={key} closeOnClick className={styles.item} onClick={onSelect}>
                    <span className={styles.tick}>
                      <Base.RadioItemIndicator>
                        <Icon of={Check} small />
                      </Base.RadioItemIndicator>
                    </span>
                    <span className="clip">{name}</span>
                  </Base.RadioItem>
                ))}
              </Base.RadioGroup>
            )}
            {choices.length > 0 && others.length > 0 && <Base.Separator className={styles.line} />}
            {others.map(({ key, label: name, icon, onSelect }) => (
              <Base.Item key={key} className={styles.item} onClick={onSelect}>
                {icon && <Icon of={icon} />}
                {name}
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
