"use client";
import { useSyncExternalStore } from "react";

type PhoneLibrary = typeof import("./phone-library.ts");

// The world's numbering plans weigh as much as all of a screen's own code. They come in their own file after the screen is
// there; until then a number stands as the carrier wrote it.
let library: PhoneLibrary | null = null;
let coming: Promise<PhoneLibrary> | null = null;
const listeners = new Set<() => void>();

/** The numbering plans, fetched at most once. */
function loadPhoneLibrary(): Promise<PhoneLibrary> {
  coming ??= import("./phone-library.ts").then((loaded) => {
    library = loaded;
    for (const tell of listeners) tell();
    return loaded;
  });
  return coming;
}

/** `+1 217 555 0142` for an E.164 number; what is no phone number (`anonymous`, a SIP address) stays as it is. */
function formatPhone(number: string, plans: PhoneLibrary | null = library): string {
  return plans?.parsePhone(number)?.formatInternational() ?? number;
}

/**
 * Reads what a person typed as a phone number, national forms in the country of `ownNumber` (E.164).
 * Gives null while it is not a whole, possible number.
 */
export async function readPhone(typed: string, ownNumber?: string): Promise<string | null> {
  const plans = await loadPhoneLibrary();
  const country = ownNumber ? plans.parsePhone(ownNumber)?.country : undefined;
  const number = plans.parsePhone(typed, country);
  return number?.isPossible() ? number.number : null;
}

function subscribe(tell: () => void) {
  listeners.add(tell);
  void loadPhoneLibrary();
  return () => listeners.delete(tell);
}

/** Formats phone numbers in a component, and draws it again once the numbering plans have come. */
export function usePhoneFormat(): (number: string) => string {
  const plans = useSyncExternalStore(
    subscribe,
    () => library,
    () => null,
  );
  return (number) => formatPhone(number, plans);
}
