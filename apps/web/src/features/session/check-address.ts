/**
 * What is wrong with an e-mail address as far as can be seen without writing to it, in words; null when nothing is.
 * The server has the last word.
 */
export function wrongWithAddress(address: string): string | null {
  const typed = address.trim();
  if (typed === "") return "Type the address that the link should go to.";
  const [name = "", domain = "", ...more] = typed.split("@");
  if (!typed.includes("@")) return "This is no e-mail address yet: the @ and what follows it are missing.";
  if (name === "" || more.length > 0 || /\s/.test(typed))
    return "This is no e-mail address: look at what stands before the @.";
  if (!/^[^.]+(\.[^.]+)+$/.test(domain)) return "This address has no domain ending, such as .com.";
  return null;
}
