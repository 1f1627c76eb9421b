/** The style of HTML reports: light and dark, readable in print. */
export const htmlStyle = `
:root { color-scheme: light dark; --ink: #1f2328; --soft: #59636e; --line: #d1d9e0; --good: #1a7f37; --bad: #cf222e; --page: #ffffff; --box: #f6f8fa; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9198a1; --line: #3d444d; --good: #3fb950; --bad: #f85149; --page: #0d1117; --box: #151b23; } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--page); margin: 2rem auto; max-width: 62rem; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
.verdict { font-size: 1.15rem; padding: 1rem; background: var(--box); border: 1px solid var(--line); border-radius: 6px; }
.soft { color: var(--soft); } .passed { color: var(--good); } .failed, .error { color: var(--bad); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .35rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
details { border-bottom: 1px solid var(--line); padding: .35rem 0; } summary { cursor: pointer; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--box); padding: .6rem; border-radius: 6px; max-height: 24rem; overflow-y: auto; }
svg { width: 100%; height: auto; font: 13px system-ui, sans-serif; } svg text { fill: var(--ink); } svg .tick { fill: var(--soft); }
svg .grid { stroke: var(--line); } svg .reference { stroke: var(--ink); stroke-dasharray: 4 3; } svg .whisker { stroke: var(--soft); stroke-width: 3; }
svg .dot { fill: var(--page); stroke: var(--ink); stroke-width: 2; } svg .best { fill: var(--good); stroke: var(--good); }
`;
