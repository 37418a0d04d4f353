import AxeBuilder from "@axe-core/playwright";
import { test as base, type Cookie, expect, type Page } from "@playwright/test";
import { requestSignInLink } from "../src/session/sign-in.ts";
import { type Addresses, OWNER, readAddresses } from "./addresses.ts";

interface Fixtures {
  product: Addresses;
  /**
   * Watches every page of the test and fails it at the end when the console showed an error, refusals by the content security
   * policy included. A test whose story holds a refused request says so beforehand by `allow`.
   */
  quietConsole: { allow: (pattern: RegExp) => void };
  /**
   * Signs in through the link in the mail and the confirm page's button, as a person would, and ends on the list of calls. The
   * owner does so once: an address is sent five links a minute at most, and more tests than that begin in one. The owner,
   * unless `email` says who: the carrier's numbers belong to the first workspace that there is.
   */
  signIn: (page: Page, email?: string) => Promise<void>;
  /** Has the emulated carrier ring in from a number that nobody had before, and returns it. */
  ringIn: (call?: Record<string, unknown>) => Promise<string>;
}

interface Shared {
  /** The owner's session, once there is one. */
  ownerSession: { cookies: Cookie[] };
}

export const test = base.extend<Fixtures, Shared>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
  ownerSession: [async ({}, use) => use({ cookies: [] }), { scope: "worker" }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
  product: async ({}, use) => use(readAddresses()),
  baseURL: async ({ product }, use) => use(product.web),
  quietConsole: [
    async ({ context }, use) => {
      const errors: string[] = [];
      const allowed: RegExp[] = [];
      context.on("console", (message) => {
        if (message.type() === "error") errors.push(message.text());
      });
      context.on("weberror", (error) => errors.push(error.error().message));
      await use({ allow: (pattern) => allowed.push(pattern) });
      const unexpected = errors.filter((error) => !allowed.some((pattern) => pattern.test(error)));
      expect(unexpected, "the console shows no error").toEqual([]);
    },
    { auto: true },
  ],
  signIn: async ({ product, ownerSession }, use) => {
    await use(async (page, email = OWNER) => {
      if (email === OWNER && ownerSession.cookies.length > 0) {
        await page.context().addCookies(ownerSession.cookies);
        await page.goto("/calls");
        return;
      }
      const link = await requestSignInLink({ apiUrl: product.api, mailboxUrl: product.control, email });
      await page.goto(link);
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.waitForURL("**/calls");
      if (email === OWNER) ownerSession.cookies = await page.context().cookies();
    });
  },
  ringIn: async ({ product, request }, use) => {
    await use(async (call = {}) => {
      const from = `+1415${String(Math.floor(Math.random() * 1e7)).padStart(7, "5")}`;
      const response = await request.post(`${product.control}/calls`, {
        data: { from, to: product.numbers[0], script: "short", ...call },
      });
      expect(response.ok(), await response.text()).toBe(true);
      return from;
    });
  },
});

export { expect };

/**
 * A number as a screen writes it, spaced or not yet. The whole of it: its end alone may be what a row's length and hour make together.
 */
export function written(number: string): RegExp {
  return new RegExp(`\\+${[...number.slice(1)].join("\\D{0,3}")}`);
}

/** What axe finds against WCAG 2.2 AA on the page as it is now: nothing. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" · ")}`)).toEqual([]);
}
