import type { MenuAction } from "../../ui/menu.tsx";

/** The entries of a menu of which one is chosen, by their words in lower case, as a chip says them. */
export function choices<Value extends string>(
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
