import { ApiError } from "../../api/api-error.ts";
import { wrongWithAddress } from "../session/check-address.ts";

/** What a visitor has typed. */
export interface Written {
  readonly name: string;
  readonly email: string;
  readonly text: string;
  /** Hidden from people: what stands in it, a program wrote. */
  readonly website: string;
}

/** What the server takes. */
export const MOST_CHARACTERS = 5_000;

const FIELDS = ["name", "email", "text"] as const;
/** What is wrong with each field, in words. */
export type Wrong = { readonly [name in (typeof FIELDS)[number]]?: string | undefined };

/** What is wrong with a message as far as can be seen without sending it; empty where nothing is. */
export function wrongWith({ name, email, text }: Written): Wrong {
  const address = email.trim() === "" ? "Type the address that an answer should go to." : wrongWithAddress(email);
  return {
    ...(name.trim() === "" && { name: "Say who you are." }),
    ...(address !== null && { email: address }),
    ...(text.trim() === "" && { text: "Nothing is written yet." }),
    ...(text.length > MOST_CHARACTERS && { text: `This is too long by ${text.length - MOST_CHARACTERS} characters.` }),
  };
}

/** What the server found wrong with the fields; empty where it refused for something else. */
export function foundWrong(error: unknown): Wrong {
  if (!(error instanceof ApiError)) return {};
  return Object.fromEntries(
    FIELDS.flatMap((name) => {
      const detail = error.field(`#/${name}`);
      return detail === null ? [] : [[name, detail]];
    }),
  );
}

/** The first field that something is wrong with; null where nothing is. */
export function firstWrong(wrong: Wrong): (typeof FIELDS)[number] | null {
  return FIELDS.find((name) => wrong[name] !== undefined) ?? null;
}
