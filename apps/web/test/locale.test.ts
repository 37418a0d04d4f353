import { expect, test } from "vitest";
import { displayLocale } from "../src/format/locale.ts";

test.each([
  [["es-MX", "en-US", "en"], "en-US"],
  [["de"], "en-GB"],
  [[], "en-GB"],
  [["en-US@posix", "en"], "en"],
  [["en-US@posix"], "en-GB"],
])("a browser that asks for %j sees %s, and Intl takes it", (languages, locale) => {
  expect(displayLocale(languages)).toBe(locale);
  expect(() => new Intl.DateTimeFormat(displayLocale(languages))).not.toThrow();
});
