import { describe, expect, test } from "vitest";
import { type Letter, letterHtml, letterText } from "../../src/mail/letter.ts";
import { oneLine } from "../../src/mail/one-line.ts";

const evil = `<img src=x onerror="alert(1)">&amp;`;
const letter: Letter = {
  title: "Title",
  heading: "Heading",
  lead: "Lead",
  figures: [{ label: "Calls", value: "1,204" }],
  quote: "First line\nSecond line",
  button: { label: "Press", link: "https://app.test/x?a=1&b=2" },
  footer: "Footer",
  unsubscribeLink: "https://app.test/unsubscribe#token=t&kind=digest",
};

describe("a letter", () => {
  test("says the same in text and in HTML", () => {
    for (const part of [letterHtml(letter), letterText(letter)]) {
      for (const said of ["Heading", "Lead", "Calls", "1,204", "First line\nSecond line", "Footer"]) {
        expect(part).toContain(said);
      }
    }
    expect(letterText(letter)).toContain("\n\nhttps://app.test/x?a=1&b=2\n\n");
    expect(letterText(letter)).toContain("No more of these mails: https://app.test/unsubscribe#token=t&kind=digest");
    expect(letterHtml(letter)).toContain('href="https://app.test/x?a=1&amp;b=2"');
    expect(letterHtml(letter)).toContain('href="https://app.test/unsubscribe#token=t&amp;kind=digest"');
  });

  test.each([
    { title: evil },
    { heading: evil },
    { lead: evil },
    { figures: [{ label: evil, value: evil }] },
    { quote: evil },
    { button: { label: evil, link: evil } },
    { footer: evil },
    { unsubscribeLink: evil },
  ])("holds no markup but its own: %j", (changed) => {
    const html = letterHtml({ ...letter, ...changed });
    expect(html).not.toContain("<img");
    expect(html).toContain("&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;amp;");
  });

  test("leaves out what it has not", () => {
    const { figures: _, quote: _q, button: _b, unsubscribeLink: _u, ...short } = letter;
    expect(letterText(short)).toBe("Heading\n\nLead\n\nFooter\n");
    expect(letterHtml(short)).not.toContain("<a ");
  });

  test("knows the dark, and says so before a mail program turns the colours by itself", () => {
    const html = letterHtml(letter);
    expect(html).toContain('<meta name="color-scheme" content="light dark">');
    expect(html).toContain("@media (prefers-color-scheme: dark)");
    // Each class that the dark changes is used.
    for (const [, name] of html.matchAll(/^\.(\w+) \{/gm))
      expect(html).toMatch(new RegExp(`class="[^"]*\\b${name}\\b`));
  });
});

test.each([
  ["Ana\r\nBcc: thief@mail.test", "Ana Bcc: thief@mail.test"],
  ["  a\tb\u2028c\u0000 ", "a b c"],
  ["x".repeat(130), `${"x".repeat(119)}…`],
  ["😀".repeat(121), `${"😀".repeat(119)}…`],
])("%j in a subject is one line, and no longer than is shown", (text, line) => {
  expect(oneLine(text)).toBe(line);
});
