import { expect, test } from "vitest";
import { joinWords, wordGap } from "../src/index.ts";

const text = (language: string | null, ...words: string[]) =>
  joinWords(
    words.map((word) => ({ text: word })),
    language,
  );

test("a language that writes without spaces has none between its words", () => {
  expect(text("zh", "我", "要", "退款。", "谢谢")).toBe("我要退款。谢谢");
  expect(text("zh-Hans", "我", "要")).toBe("我要");
  expect(text("JA", "はい", "、", "もしもし")).toBe("はい、もしもし");
  expect(text("th", "สวัสดี", "ครับ")).toBe("สวัสดีครับ");
});

test("Latin words in it keep theirs between each other", () => {
  expect(text("zh", "用", "Google", "Maps", "查")).toBe("用Google Maps查");
});

test("any other language has them", () => {
  expect(text("en-US", "I", "want", "a", "refund.")).toBe("I want a refund.");
  expect(text("ko", "환불해", "주세요")).toBe("환불해 주세요");
});

test("the letters tell where the language is not known", () => {
  expect(text(null, "我", "要", "退款")).toBe("我要退款");
  expect(text(null, "один", "два")).toBe("один два");
  expect([wordGap(null, "a", "b"), wordGap(null, "환불해", "주세요")]).toEqual([" ", " "]);
});

test("no words are no text, and one is itself", () => {
  expect([text("zh"), text(null, "yes")]).toEqual(["", "yes"]);
});
