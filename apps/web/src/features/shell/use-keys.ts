"use client";
import { useEffect, useEffectEvent } from "react";
import { useStoredChoice } from "../../ui/stored-choice.ts";
import { isCharacter, keyName, type PressedKey } from "./key-name.ts";

/** What a key does, by its name (`keyName`). */
export type KeyBindings = Readonly<Record<string, () => void>>;

let before: PressedKey | null = null;

/** Whether single letters and signs act as keys. Some people's tools type by themselves (WCAG 2.1.4), so it can be turned off. */
export function useSingleKeys(): [on: boolean, set: (on: boolean) => void] {
  const [choice, choose] = useStoredChoice("single-keys", ["on", "off"]);
  return [choice === "on", (on) => choose(on ? "on" : "off")];
}

export interface KeyOptions {
  /** Whether a key that is held down acts again and again; not where it turns something on and off. */
  repeats?: boolean;
}

/** Binds keys while the component is on screen. They rest while a field has focus or something floats above the screen. */
export function useKeys(bindings: KeyBindings, { repeats = true }: KeyOptions = {}): void {
  const [singleKeys] = useSingleKeys();
  const act = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || isBusy(event.target)) return;
    if (isCharacter(event.key) && !singleKeys) return;
    if (isOwnKey(event) || (event.repeat && !repeats)) return;
    const binding = bindings[keyName({ key: event.key, shiftKey: event.shiftKey, at: Date.now() }, before)];
    if (!binding) return;
    event.preventDefault();
    binding();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => act(event);
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
}

// One listener for the whole page remembers the key before; it runs after every component's own.
if (typeof window !== "undefined") {
  window.addEventListener("keydown", ({ key }) => {
    before = { key, at: Date.now() };
  });
}

/** True where the key belongs to what has focus: a field that is written in, or a dialog or menu that is open. */
function isBusy(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return true;
  return document.querySelector("[role=dialog], [role=alertdialog], [role=menu]") !== null;
}

/** True where the browser itself answers to the key: a focused button to space and enter, a link to enter, a slider to arrows. */
function isOwnKey({ key, target }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false;
  if (key === " ") return target.closest("button, summary, input, [role=button]") !== null;
  if (key === "Enter") return target.closest("button, a, summary") !== null;
  return key.startsWith("Arrow") && target.closest("[role=slider]") !== null;
}
