import { createHash } from "node:crypto";
import { z } from "zod";

const IdentityProvider = z.enum(["google", "github"]);
type IdentityProvider = z.infer<typeof IdentityProvider>;

/** Somebody who has an account with the identity providers, as the control door takes them. */
export const Person = z
  .strictObject({
    /** The account's id, which stays when everything else changes. Default: made of the e-mail address. */
    id: z
      .string()
      .regex(/^[1-9]\d{0,14}$/)
      .optional(),
    name: z.string().min(1),
    email: z.email(),
    isEmailVerified: z.boolean().default(true),
    /** GitHub shows it in the profile; otherwise `/user` says null, and only `/user/emails` tells. */
    isEmailPublic: z.boolean().default(false),
    providers: z.array(IdentityProvider).default(["google", "github"]),
  })
  .transform((person) => ({ ...person, id: person.id ?? idOf(person.email), login: loginOf(person.email) }));
export type Person = z.infer<typeof Person>;

/** Somebody to sign in as before anybody was put here. */
const DEFAULT_PEOPLE = [
  { name: "Ana Ruiz", email: "ana.ruiz@example.com" },
  { name: "Ben Okafor", email: "ben.okafor@example.com" },
].map((person) => Person.parse(person));

/** Who can be chosen on the consent pages. */
export class People {
  #people: readonly Person[] = DEFAULT_PEOPLE;

  replace(people: readonly Person[]): void {
    this.#people = people;
  }

  list(): readonly Person[] {
    return this.#people;
  }

  on(provider: IdentityProvider): Person[] {
    return this.#people.filter(({ providers }) => providers.includes(provider));
  }

  find(provider: IdentityProvider, id: string): Person | undefined {
    return this.on(provider).find((person) => person.id === id);
  }
}

/** Within what a JSON number holds exactly: GitHub's ids are numbers. */
function idOf(email: string): string {
  return String(createHash("sha256").update(email.toLowerCase()).digest().readUIntBE(0, 5) + 1);
}

function loginOf(email: string): string {
  return email.replace(/@.*$/, "").replaceAll(/[^A-Za-z0-9]+/g, "-");
}
