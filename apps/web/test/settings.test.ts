import { type NumberView, newId } from "@earwitness/shared";
import { expect, test } from "vitest";
import { languageChoices } from "../src/features/settings/languages.ts";
import { changesOf, draftOf, termsOf } from "../src/features/settings/number-draft.ts";

const number: NumberView = {
  id: newId("number"),
  e164: "+12175550100",
  label: "Service line",
  announcement: null,
  recordInbound: true,
  recordOutbound: false,
  language: "en",
  keyTerms: ["E3", "41-604"],
  deleteCarrierCopy: false,
  liveCaptions: true,
  version: 4,
  publishedVersion: 4,
};

test("an untouched draft changes nothing", () => {
  expect(changesOf(number, draftOf(number))).toEqual({});
});

test("only what was touched is sent, and what was emptied is sent as nothing", () => {
  const draft = {
    ...draftOf(number),
    label: " ",
    language: "",
    recordOutbound: true,
    liveCaptions: false,
    keyTerms: "E3\n\n 41-604 \nE3\nAlder",
  };
  expect(changesOf(number, draft)).toEqual({
    label: null,
    language: null,
    recordOutbound: true,
    liveCaptions: false,
    keyTerms: ["E3", "41-604", "Alder"],
  });
});

test("terms stand one a line", () => {
  expect(termsOf("  flame sensor \n\nE3\nE3")).toEqual(["flame sensor", "E3"]);
});

test("a language that is none of the usual ones can be kept", () => {
  expect(languageChoices("cy").some(({ tag }) => tag === "cy")).toBe(true);
  expect(languageChoices("en").filter(({ tag }) => tag === "en")).toHaveLength(1);
});
