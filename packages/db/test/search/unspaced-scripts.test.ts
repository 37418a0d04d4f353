import { readFile } from "node:fs/promises";
import { parseSearch, partWords, type UserActor } from "@earwitness/core";
import { uuidOf, type WorkspaceId } from "@earwitness/shared";
import { beforeEach, expect, test } from "vitest";
import { searchCalls } from "../../src/index.ts";
import { aWorkspace, userOf } from "../support/factories.ts";
import { aSpokenCall, type SpokenLine } from "../support/spoken-call.ts";
import { useDatabase } from "../support/use-database.ts";

const record = useDatabase();
let workspaceId: WorkspaceId;
let person: UserActor;
beforeEach(async () => {
  workspaceId = await aWorkspace(record.database);
  person = userOf(workspaceId);
});

const aCallIn = (language: string | null, ...lines: (string | SpokenLine)[]) =>
  aSpokenCall(record.database, workspaceId, lines, { language });
const hitsOf = async (q: string) => {
  const search = { terms: parseSearch(q), filter: {}, from: { after: null, skip: 0 }, limit: 20 };
  const { found } = await record.database.read(person, (scope) => searchCalls(scope, search));
  return found.flatMap(({ hits }) => hits);
};
const linesOf = async (q: string) => (await hitsOf(q)).map(({ snippet }) => snippet.text);

const LINES = {
  zh: "我昨天在北京大学买了3台WiFi路由器。",
  ja: "すみません、東京タワーへの行き方を教えてくださいますか。",
  th: "ผมอยากยกเลิกคำสั่งซื้อเมื่อวานนี้",
  lo: "ຂ້ອຍຢາກຍົກເລີກ",
  km: "ខ្ញុំចង់លុបចោលការបញ្ជាទិញ",
  my: "ကျွန်တော်အော်ဒါကိုပယ်ဖျက်ချင်ပါတယ်",
};

test.each([
  [
    "zh",
    ["北京", "京", "北京大学", "北京 路由器", '"WiFi路由"', "wifi", "WIFI -东京", "3", "3台", "京*", "北京*", "3台wi*"],
  ],
  ["ja", ["東京", "タワー", "教えて", "東京　行き方", "すみません東京", "くださいますか", "くた\u3099さい"]],
  ["th", ["ยกเลิก", "คำสั่งซื้อ", "เมื่อวาน ยกเลิก", "ยกเลิก*"]],
  ["lo", ["ຍົກເລີກ"]],
  ["km", ["លុបចោល", "ការបញ្ជា"]],
  ["my", ["ပယ်ဖျက်", "အော်ဒါ"]],
] as const)("words within a sentence of %s are found", async (language, questions) => {
  await aCallIn(language, LINES[language]);
  for (const q of questions) expect(await linesOf(q), q).toEqual([LINES[language]]);
});

test.each([
  ["zh", ["东京", "京北", "北大", "北京 东京", "北京大学 -路由器", "3路由", "3台wif", "东京*"]],
  ["ja", ["京都", "東タワー", "くたさい", "行きかた"]],
  ["th", ["ยกเลก", "ยกเลิกซื้อ", "คืนเงิน"]],
  ["lo", ["ຍົກເລກ"]],
  ["km", ["លបចោល"]],
  ["my", ["ပယဖျက်"]],
] as const)("what a sentence of %s does not have is not found in it", async (language, questions) => {
  await aCallIn(language, LINES[language]);
  for (const q of questions) expect(await linesOf(q), q).toEqual([]);
});

test("are found in whatever language the call was taken to be, beside its own words in their forms", async () => {
  await aCallIn(null, "我在北京。");
  await aCallIn("en", "We 在北京cancelled的 order");
  expect((await linesOf("北京")).toSorted()).toEqual(["We 在北京cancelled的 order", "我在北京。"]);
  const [hit] = await hitsOf("北京 cancel orders");
  expect(hit?.words.map(({ text }) => text)).toEqual(["在北京cancelled的", "order"]);
  expect(foundIn(hit)).toEqual(["北京cancelled", "order"]);
});

test("Korean, which has spaces, is found by its words as before", async () => {
  await aCallIn("ko", "어제 서울에서 샀어요");
  expect(await linesOf("서울*")).toEqual(["어제 서울에서 샀어요"]);
  expect(await linesOf("서울")).toEqual([]);
});

const foundIn = (hit: Awaited<ReturnType<typeof hitsOf>>[number] | undefined) =>
  hit?.snippet.highlights.map(({ start, end }) => hit.snippet.text.slice(start, end));

test.each([
  ["zh", ["我", "昨天", "在", "北京大学", "买了", "路由器。"], "北京大学", ["北京大学"], [3]],
  ["zh", ["我", "昨天", "在", "北京大学", "买了", "路由器。"], "京大", ["京大"], [3]],
  ["zh", ["我", "昨天", "在", "北京大学", "买了", "路由器。"], "学买 器", ["学买", "器"], [3, 4, 5]],
  ["zh", ["京", "北京", "，", "大学"], "北京大", ["北京", "大"], [1, 3]],
  ["ja", [..."東京タワーへ"], "タワー", ["タワー"], [2, 3, 4]],
  ["ja", ["東京かへ", "東京がいい"], "東京が", ["東京が"], [1]],
  ["th", ["ผม", "อยาก", "ยกเลิก", "คำสั่งซื้อ"], "เลิกคำสั่ง", ["เลิกคำสั่ง"], [2, 3]],
])(
  "in a line of %s as %j, %s is marked where it stands, and has the times of its words",
  async (language, words, q, found, at) => {
    await aCallIn(language, { text: words.join(""), words });
    const [hit] = await hitsOf(q);
    expect(foundIn(hit)).toEqual(found);
    expect(hit?.words).toEqual(at.map((i) => ({ text: words[i], startMs: i * 400, endMs: i * 400 + 350 })));
  },
);

test("lines of before are written anew, and no others", async () => {
  await aCallIn("zh", "我在北京。");
  await aCallIn("fr", "Un café.");
  await record.asOwner(
    `update spoken_lines set words = to_tsvector('simple', 'before') where workspace_id = '${uuidOf(workspaceId)}'`,
  );
  const migration = await readFile(`${import.meta.dirname}/../../../../drizzle/0012_unspaced_scripts.sql`, "utf8");
  await record.asOwner(migration.slice(migration.indexOf("LOCK TABLE")));
  expect(await linesOf("北京")).toEqual(["我在北京。"]);
  expect(await linesOf("before")).toEqual(["Un café."]);
});

test("the letters that stand alone, and the marks on them, are the same in the database and in core", async () => {
  const characters = Array.from({ length: 0x40000 }, (_, code) => code)
    .filter((code) => code > 0x20 && (code < 0xd800 || code > 0xdfff))
    .map((code) => String.fromCodePoint(code));
  const letters = characters.filter((each) => /\S/u.test(each) && partWords(`x${each}x`).length > 1);
  const marks = characters.filter((each) => partWords(`ก${each}`)[0]?.text === `ก${each}`);
  const [inDatabase] = await record.rows(
    `select string_agg(each, '') filter (where parted_words(each, '') = '') as letters,
      string_agg(each, '') filter (where parted_words(each, '') = each and parted_words('ก' || each, '') = '') as marks
    from unnest($1::text[]) each`,
    [characters],
  );
  expect(inDatabase).toEqual({ letters: letters.join(""), marks: marks.join("") });
});
