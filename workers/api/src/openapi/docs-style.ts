/** The page's own style, allowed by its hash in the page's policy. Both colour schemes. */
export const STYLE = `
:root { color-scheme: light dark; --paper: light-dark(#fdfcfa, #15191a); --sunk: light-dark(#f6f5f1, #1b2021); --ink: light-dark(#1c2426, #eceae4);
  --quiet: light-dark(#566062, #a3aaab); --line: light-dark(#dfddd5, #343b3c); --accent: light-dark(#0f6b63, #4fc3b1); }
* { box-sizing: border-box; }
body { margin: 0; display: grid; grid-template-columns: 16rem minmax(0, 1fr); background: var(--paper); color: var(--ink);
  font: 0.875rem/1.25rem "IBM Plex Sans", system-ui, sans-serif; }
nav { position: sticky; top: 0; height: 100vh; overflow: auto; padding: 1.5rem; border-right: 1px solid var(--line); background: var(--sunk); }
nav h2 { margin: 1.25rem 0 0.25rem; font-size: 0.75rem; line-height: 1rem; color: var(--quiet); font-weight: 500; }
nav ul { margin: 0; padding: 0; list-style: none; } nav li { margin: 0.25rem 0; } .brand { margin: 0; font-weight: 600; }
main { padding: 2rem 2.5rem 6rem; max-width: 60rem; }
h1 { font-size: 1.75rem; line-height: 2.25rem; margin: 0 0 1rem; } h3 { font-size: 1rem; line-height: 1.5rem; margin: 0; }
h4 { font-size: 0.75rem; line-height: 1rem; font-weight: 500; color: var(--quiet); margin: 1rem 0 0.25rem; } .part { margin: 3rem 0 0; }
section { padding: 1.5rem 0; border-bottom: 1px solid var(--line); scroll-margin-top: 1rem; }
code { font: 0.8125rem/1.25rem "IBM Plex Mono", ui-monospace, monospace; overflow-wrap: anywhere; }
a { color: var(--accent); } a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.call b { display: inline-block; min-width: 4rem; color: var(--accent); } .quiet { color: var(--quiet); font-weight: 400; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: 0.375rem 1rem 0.375rem 0;
  border-top: 1px solid var(--line); } th { width: 16rem; font-weight: 400; }
@media (max-width: 48rem) { body { display: block; } nav { position: static; height: auto; border: 0; } main { padding: 1.5rem; } th { width: auto; } }
`;
