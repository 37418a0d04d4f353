import { expect, test } from "vitest";
import { keyName } from "../src/features/shell/key-name.ts";

const press = (key: string, at = 0, shiftKey = false) => ({ key, at, shiftKey });

test("a key is bound by what it writes, or by its name with shift", () => {
  expect(keyName(press("?", 0, true), null)).toBe("?");
  expect(keyName(press("ArrowLeft", 0, true), null)).toBe("Shift+ArrowLeft");
  expect(keyName(press(" "), null)).toBe(" ");
});

test("the second key of a pair is not taken for itself, unless it comes late", () => {
  expect(keyName(press("c", 500), press("g", 0))).toBe("g c");
  expect(keyName(press("c", 1_500), press("g", 0))).toBe("c");
  expect(keyName(press("c", 500), press("j", 0))).toBe("c");
});
