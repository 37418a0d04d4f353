import { html, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

const STYLE = `
:root { color-scheme: light dark; --ink: light-dark(#1c2024, #e8e6e1); --dim: light-dark(#5d646c, #a09f9a);
  --paper: light-dark(#faf9f6, #16181a); --card: light-dark(#fff, #1e2124); --line: light-dark(#dedbd4, #33373b); --accent: light-dark(#0b6e5f, #5cc8b4); }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
main { max-width: 64rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
header { display: flex; align-items: baseline; gap: 1.5rem; flex-wrap: wrap; margin-bottom: 1.5rem; }
h1 { font-size: 1.375rem; margin: 0; } h2 { font-size: 1rem; margin: 2rem 0 .5rem; }
a { color: var(--accent); } p { color: var(--dim); margin: .25rem 0 1rem; max-width: 46rem; }
form { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: 1rem; align-items: end;
  background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1.25rem; }
label { display: grid; gap: .25rem; font-size: .875rem; color: var(--dim); }
input, select, button { font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--line); border-radius: .5rem; padding: .5rem .625rem; width: 100%; min-height: 2.75rem; }
button { background: var(--accent); color: var(--paper); border-color: transparent; font-weight: 600; cursor: pointer; }
button.small { width: auto; min-height: 0; padding: .125rem .625rem; font-size: .875rem; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th { text-align: start; font-size: .8125rem; color: var(--dim); font-weight: 500; }
th, td { padding: .5rem .75rem .5rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
[role=status] { min-height: 1.5rem; } .error { color: light-dark(#a3261b, #ff9a8d); }
iframe { width: 100%; height: 32rem; border: 1px solid var(--line); border-radius: .75rem; background: #fff; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1rem; }
`;

/** A page of the control door. */
export function layout(title: string, body: Html): Html {
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title}</title>
    <style>${raw(STYLE)}</style>
  </head>
  <body>
    <main>${body}</main>
  </body>
</html>`;
}
