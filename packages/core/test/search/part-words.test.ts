import { expect, test } from "vitest";
import { partWords } from "../../src/index.ts";

test.each([
  ["The gate, – well-known!", ["The", "gate,", "well-known!"]],
  ["我想去北京。", ["我", "想", "去", "北", "京"]],
  ["打开WiFi，第 3章", ["打", "开", "WiFi，", "第", "3", "章"]],
  ["コーヒーがか\u3099", ["コ", "ー", "ヒ", "ー", "が", "か\u3099"]],
  ["ที่กิน", ["ที่", "กิ", "น"]],
  ["ខ្ញុំ\u200bចង់", ["ខ្", "ញុំ", "ច", "ង់"]],
  ["မြန်မာ", ["မြ", "န်", "မာ"]],
  ["한국어 말", ["한국어", "말"]],
  ["𠮷野", ["𠮷", "野"]],
  ["。 — …", []],
])("%j has its words between spaces, and each letter where a script has none", (text, words) => {
  const parts = partWords(text);
  expect(parts.map((part) => part.text)).toEqual(words);
  expect(parts.map(({ start, end }) => text.slice(start, end))).toEqual(words);
});
