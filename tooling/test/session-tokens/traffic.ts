import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";
import { type RawDeployment, sha256, type Version } from "./raw-deployment.ts";

/** A browser that is signed in, with the token in its jar. */
interface Browser {
  readonly userId: string;
  token: string;
  isBusy: boolean;
}

const CLIENTS = 4;

/**
 * People who use the deployment all the while, whichever of its live versions their request comes to; who sign in and out; and a
 * thief who has read the table's hashes and tries them. What goes wrong is gathered in `faults`.
 */
export class Traffic {
  readonly faults: string[] = [];
  readonly browsers: Browser[] = [];
  /** Every token that was ever in a jar. */
  readonly tokens = new Set<string>();
  requests = 0;
  thefts = 0;
  renewals = 0;
  #live: readonly Version[];
  readonly #deployment: RawDeployment;
  #isStopped = false;
  #running: Promise<unknown> = Promise.resolve();

  constructor(deployment: RawDeployment, live: readonly Version[]) {
    this.#deployment = deployment;
    this.#live = live;
  }

  /** From now on these versions answer, at random, as while a deployment takes the place of another. */
  deploy(...live: Version[]): void {
    this.#live = live;
  }

  async signIn(): Promise<void> {
    const userId = await this.#deployment.aUser();
    const token = await this.#pick(this.#live).signIn(userId);
    this.tokens.add(token);
    this.browsers.push({ userId, token, isBusy: false });
  }

  start(): void {
    const loops = [...Array.from({ length: CLIENTS }, () => () => this.#use()), () => this.#steal()];
    this.#running = Promise.all(loops.map((step) => this.#repeat(step)));
  }

  /** Resolves when so many more requests and thefts were answered. */
  async more(count: number): Promise<void> {
    const [requests, thefts] = [this.requests + count, this.thefts + count / 5];
    while (this.requests < requests || this.thefts < thefts) {
      if (this.#isStopped) throw new Error("The traffic has stopped.");
      await sleep(5);
    }
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#running;
  }

  async #repeat(step: () => Promise<void>): Promise<void> {
    while (!this.#isStopped) {
      try {
        await step();
      } catch (error) {
        this.faults.push(`failed: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }

  async #use(): Promise<void> {
    const dice = Math.random();
    if (dice < 0.05) return this.signIn();
    const browser = this.#pick(this.browsers.filter(({ isBusy }) => !isBusy));
    if (dice < 0.08 && this.browsers.length > 20) return this.#signOut(browser);
    browser.isBusy = true;
    const found = await this.#pick(this.#live).ask(browser.token);
    this.requests += 1;
    if (found?.userId !== browser.userId) this.faults.push(`dropped: ${browser.userId}`);
    if (found?.renewed) {
      this.renewals += 1;
      this.tokens.add(found.renewed);
      browser.token = found.renewed;
    }
    browser.isBusy = false;
  }

  async #signOut(browser: Browser): Promise<void> {
    this.browsers.splice(this.browsers.indexOf(browser), 1);
    await this.#pick(this.#live).signOut(browser.token);
    const found = await this.#pick(this.#live).ask(browser.token);
    if (found !== null) this.faults.push(`still signed in: ${browser.userId}`);
  }

  async #steal(): Promise<void> {
    const known = await hashesIn(this.#deployment.pool);
    const stolen = [...known, ...this.browsers.slice(0, 3).map(({ token }) => sha256(token))];
    for (const version of this.#live) {
      const hash = this.#pick(stolen);
      this.thefts += 1;
      if ((await version.ask(hash)) !== null) this.faults.push(`a hash was taken for a token: ${hash}`);
    }
  }

  #pick<T>(from: readonly T[]): T {
    const picked = from[Math.floor(Math.random() * from.length)];
    if (picked === undefined) throw new Error("Nothing to pick from");
    return picked;
  }
}

/** The hashes that whoever reads the table gets, as far as it has any yet. */
async function hashesIn(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ row: Record<string, unknown> }>(
    "select to_jsonb(sessions) as row from sessions order by random() limit 5",
  );
  return rows.flatMap(({ row }) => (typeof row.token_sha256 === "string" ? [row.token_sha256] : []));
}
