import { z } from "zod";

/** A binding: there or not. What it can do is its type; the platform made it. */
export function binding<T extends object>() {
  return z.custom<T>((value) => typeof value === "object" && value !== null);
}
