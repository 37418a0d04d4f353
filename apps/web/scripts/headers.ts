import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { DYNAMIC_ROUTES, PLACEHOLDER } from "../routes.ts";
import { type ExportedPage, exportedPages, scriptsOf } from "./pages.ts";

/** Limits of Pages (developers.cloudflare.com/pages/configuration/headers): past them, rules are dropped in silence. */
const MOST_RULES = 100;
const LONGEST_LINE = 2_000;

const EVERYWHERE = {
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "same-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
  "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
  "X-Frame-Options": "DENY",
};
/** Pages that are reached with a secret in the address, or that talk of one. */
const DISCREET = { "Referrer-Policy": "no-referrer", "Cache-Control": "no-store", "X-Robots-Tag": "noindex" };
const DISCREET_PAGES = ["/invitation", "/login/confirm", "/login/check-mail", "/login/error"];

/**
 * The policy of one page. Its few inline scripts (Next's own, with the page's data) are named by their hashes, so that no
 * other inline script can run; inline styles are not allowed at all.
 */
export function contentSecurityPolicy(html: string): string {
  const inline = scriptsOf(html).filter(({ src }) => src === null);
  const hashes = [
    ...new Set(inline.map(({ text }) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`)),
  ];
  return [
    "default-src 'none'",
    `script-src ${["'self'", ...hashes].join(" ")}`,
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "media-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** The address that a page's file is asked for by; a placeholder's file stands for every id. */
export function addressOf(file: string): string {
  const plain = `/${file.replace(/\.html$/, "")}`.replace(/\/index$/, "/");
  const dynamic = DYNAMIC_ROUTES.find(({ folder }) => plain === `${folder}/${PLACEHOLDER}`);
  return dynamic ? `${dynamic.folder}/:${dynamic.parameter}` : plain;
}

/**
 * The text of `_headers`. Rules add up, and match the address that was asked for: the first rule carries the policy of the
 * 404 page, which is what every unknown address is answered with, and each known page takes that off before it sets its own.
 */
export function headersFile(pages: readonly ExportedPage[]): string {
  const notFound = pages.find(({ file }) => file === "404.html");
  if (!notFound) throw new Error("The export has no 404.html.");
  const rules = [
    rule("/*", { ...EVERYWHERE, "Content-Security-Policy": contentSecurityPolicy(notFound.html) }),
    rule("/_next/static/*", { "Cache-Control": "public, max-age=31536000, immutable" }),
    ...pages
      .filter(({ file }) => file !== "404.html" && !file.startsWith("_"))
      .map(({ file, html }) => {
        const address = addressOf(file);
        const discreet = DISCREET_PAGES.includes(address) ? DISCREET : {};
        return rule(address, { ...discreet, "Content-Security-Policy": contentSecurityPolicy(html) }, true);
      }),
  ];
  const tooLong = rules.flatMap((text) => text.split("\n")).find((line) => line.length > LONGEST_LINE);
  if (tooLong) throw new Error(`A header line is longer than ${LONGEST_LINE} characters: ${tooLong.slice(0, 80)}…`);
  if (rules.length > MOST_RULES) throw new Error(`${rules.length} header rules; Pages reads ${MOST_RULES}.`);
  return `${rules.join("\n\n")}\n`;
}

function rule(address: string, headers: Record<string, string>, replaces = false): string {
  const taken = replaces ? Object.keys(headers).map((name) => `  ! ${name}`) : [];
  return [address, ...taken, ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`)].join("\n");
}

/** Writes `_headers` for the export in `out`. */
export async function writeHeaders(out: string): Promise<void> {
  await writeFile(path.join(out, "_headers"), headersFile(await exportedPages(out)));
}
