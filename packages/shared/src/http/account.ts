import { z } from "zod";

/** Where people have the accounts by which they sign in. */
export const AccountProvider = z.enum(["google", "github"]);
export type AccountProvider = z.infer<typeof AccountProvider>;

/** How somebody proves who they are. */
export const SignInMethod = z.enum(["email", ...AccountProvider.options]);
export type SignInMethod = z.infer<typeof SignInMethod>;
