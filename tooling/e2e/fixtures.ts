import AxeBuilder from "@axe-core/playwright";
import { test as base, expect, type Page } from "@playwright/test";
import { requestSignInLink } from "../src/session/sign-in.ts";
import { type Addresses, readAddresses } from "./addresses.ts";

interface Fixtures {
  product: Addresses;
  /** Watches every page of the test and fails it at the end when the console showed an error, CSP refusals included. */
  quietConsole: undefined;
  /** Signs somebody new in, through the link in the mail and the confirm page's button, as a person would. */
  signIn: (page: Page) => Promise<string>;
  /** Has the emulated carrier ring in. */
  ringIn: (call?: Record<string, unknown>) => Promise<void>;
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
  product: async ({}, use) => use(readAddresses()),
  baseURL: async ({ product }, use) => use(product.web),
  quietConsole: [
    async ({ context }, use) => {
      const errors: string[] = [];
      context.on("console", (message) => {
        if (message.type() === "error") errors.push(message.text());
      });
      context.on("weberror", (error) => errors.push(error.error().message));
      await use(undefined);
      expect(errors, "the console shows no error").toEqual([]);
    },
    { auto: true },
  ],
  signIn: async ({ product }, use) => {
    await use(async (page) => {
      const email = `person-${crypto.randomUUID().slice(0, 8)}@example.com`;
      const link = await requestSignInLink({ apiUrl: product.api, mailboxUrl: product.control, email });
      await page.goto(link);
      await page.getByRole("button", { name: /sign in/i }).click();
      await page.waitForURL("**/calls");
      return email;
    });
  },
  ringIn: async ({ product, request }, use) => {
    await use(async (call = {}) => {
      const response = await request.post(`${product.control}/calls`, {
        data: { from: "+13125550142", to: product.numbers[0], ...call },
      });
      expect(response.ok(), await response.text()).toBe(true);
    });
  },
});

export { expect };

/** What axe finds against WCAG 2.2 AA on the page as it is now: nothing. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" · ")}`)).toEqual([]);
}
