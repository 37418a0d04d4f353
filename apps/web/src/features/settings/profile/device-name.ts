import Bowser from "bowser";

/** A browser in plain words, from what it says of itself: `Chrome on Linux`. Null when it says nothing that is understood. */
export function deviceName(userAgent: string | null): string | null {
  if (userAgent === null || userAgent.trim() === "") return null;
  const { browser, os } = Bowser.parse(userAgent);
  return [browser.name, os.name].filter(Boolean).join(" on ") || null;
}
