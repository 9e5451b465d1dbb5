/** Style of the report page: system fonts, light and dark, narrow and wide, and paper. Nothing is loaded from anywhere. */
export const releaseReportStyle = `
:root {
  color-scheme: light dark;
  --page: #f4f7f9; --card: #ffffff; --line: #d5dee5; --text: #16242e; --soft: #51626f; --link: #0b61a4;
  --pass: #13723b; --fail: #b3261e; --doubt: #8a5a00; --none: #5b6b78; --pass-back: #e3f4e9; --fail-back: #fbe7e5;
  --doubt-back: #fbf0d9; --none-back: #e9eef2; --sea: #0b2c3f; --foam: #dcebf3;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0c151b; --card: #132029; --line: #2b3c48; --text: #e4edf3; --soft: #9db0bd; --link: #6fb8f0;
    --pass: #58c983; --fail: #ff8a80; --doubt: #e8b34b; --none: #9db0bd; --pass-back: #12301f; --fail-back: #3b1714;
    --doubt-back: #352709; --none-back: #1d2c36; --sea: #071c29; --foam: #c3dbe8;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, "Segoe UI", Roboto, sans-serif; }
main, .band > div, footer { max-width: 1120px; margin: 0 auto; padding: 0 24px; }
a { color: var(--link); }
code { font: 0.88em/1.4 ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
h1, h2, p, ol, dl, dd { margin: 0; }
.band { background: var(--sea); color: #fff; border-bottom: 6px solid var(--tone); padding: 28px 0 26px; }
.band a { color: #fff; }
.brand { color: var(--foam); font-size: 13px; letter-spacing: .04em; display: flex; justify-content: space-between; gap: 16px; flex-wrap: wrap; }
.seal { display: flex; gap: 20px; align-items: center; margin-top: 18px; }
.seal svg { flex: none; width: 68px; height: 68px; padding: 13px; border-radius: 50%; background: var(--tone); color: #fff; }
.seal h1 { font-size: 34px; line-height: 1.15; letter-spacing: -.01em; overflow-wrap: anywhere; }
.seal p { color: var(--foam); font-size: 17px; overflow-wrap: anywhere; }
.tone-pass { --tone: #1d9650; } .tone-fail { --tone: #d13a30; } .tone-inconclusive { --tone: #c98a14; } .tone-not-applicable { --tone: #3d7ea6; }
.why { display: grid; gap: 4px; margin: 24px 0 0; padding: 16px 20px; border: 1px solid var(--line); border-left: 5px solid var(--tone); border-radius: 10px; background: var(--card); }
.why p { overflow-wrap: anywhere; } .why .next { color: var(--soft); }
section { margin: 28px 0 0; }
h2 { font-size: 18px; margin: 0 0 10px; }
h2 small { font-weight: 400; color: var(--soft); font-size: 14px; margin-left: 8px; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.facts { display: grid; grid-template-columns: repeat(4, 1fr); overflow: hidden; border-radius: 10px; }
.facts > div { box-shadow: 0 0 0 .5px var(--line); padding: 11px 16px; min-width: 0; }
.facts dt { color: var(--soft); font-size: 12.5px; } .facts dd { overflow-wrap: anywhere; }
.facts .wide { grid-column: 1 / -1; }
.chain { list-style: none; display: grid; grid-auto-flow: column; grid-auto-columns: minmax(0, 1fr); padding: 22px 12px 18px; }
.chain li { position: relative; text-align: center; padding: 0 4px; }
.chain li::before { content: ""; position: absolute; top: 20px; left: -50%; width: 100%; height: 3px; background: var(--line); }
.chain li.pass::before { background: var(--pass); }
.chain li:first-child::before { display: none; }
.chain svg { position: relative; z-index: 1; width: 42px; height: 42px; padding: 9px; border-radius: 50%; border: 2.5px solid var(--mark); background: var(--mark-back); color: var(--mark); }
.chain b { display: block; margin-top: 8px; font-size: 13.5px; font-weight: 600; overflow-wrap: anywhere; }
.chain span { display: block; color: var(--mark); font-size: 12.5px; } .chain i { display: block; color: var(--soft); font-style: normal; font-size: 12.5px; }
.pass { --mark: var(--pass); --mark-back: var(--pass-back); } .fail { --mark: var(--fail); --mark-back: var(--fail-back); }
.inconclusive, .advisory { --mark: var(--doubt); --mark-back: var(--doubt-back); }
.not-applicable, .missing, .planned { --mark: var(--none); --mark-back: var(--none-back); }
.done, .already { --mark: var(--pass); --mark-back: var(--pass-back); } .refused { --mark: var(--fail); --mark-back: var(--fail-back); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; min-width: 640px; font-size: 14px; }
tbody th { min-width: 130px; }
th, td { text-align: left; vertical-align: top; padding: 9px 16px; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
thead th { border-top: 0; color: var(--soft); font-size: 12.5px; font-weight: 600; white-space: nowrap; }
tbody th { font-weight: 600; } td.soft { color: var(--soft); } td.brief { min-width: 92px; } td.tight, th.tight { white-space: nowrap; }
.group th { background: var(--page); font-size: 13px; }
.pill { display: inline-flex; align-items: center; gap: 5px; padding: 1px 9px 1px 7px; border-radius: 999px; background: var(--mark-back); color: var(--mark); font-size: 12.5px; font-weight: 600; white-space: nowrap; }
.pill svg { width: 12px; height: 12px; }
.empty { padding: 12px 16px; color: var(--soft); }
.bars { padding: 14px 16px; display: grid; gap: 7px; }
.bar { display: grid; grid-template-columns: 190px 1fr 110px; gap: 14px; align-items: center; font-size: 13.5px; }
.bar b { font-weight: 500; overflow-wrap: anywhere; } .bar span { color: var(--soft); text-align: right; font-size: 12.5px; white-space: nowrap; }
.bar svg { display: block; width: 100%; height: 16px; border-radius: 4px; background: var(--none-back); } .bar rect { fill: var(--mark); }
.how { padding: 14px 18px; display: grid; gap: 8px; } .how ol { padding-left: 20px; } .how pre { margin: 6px 0; padding: 10px 12px; border-radius: 8px; background: var(--none-back); white-space: pre-wrap; overflow-wrap: anywhere; }
footer { color: var(--soft); font-size: 13px; padding-top: 26px; padding-bottom: 40px; }
@media (max-width: 760px) {
  .chain { grid-auto-flow: row; gap: 14px; padding: 18px; }
  .chain li { display: grid; grid-template-columns: 42px 1fr auto; gap: 2px 12px; text-align: left; align-items: center; }
  .chain li::before { left: 19px; top: -16px; width: 3px; height: 18px; } .chain svg { grid-row: span 2; } .chain b { margin: 0; } .chain i { grid-column: 2; }
  .facts { grid-template-columns: 1fr 1fr; }
  .bar { grid-template-columns: 1fr auto; } .bar svg { grid-column: 1 / -1; grid-row: 2; }
  .seal h1 { font-size: 26px; }
}
@media screen and (max-width: 560px) {
  main, .band > div, footer { padding: 0 14px; }
  table { min-width: 0; } table, tbody, tr, tbody th, td { display: block; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { padding: 10px 14px; border-top: 1px solid var(--line); } tbody tr:first-child { border-top: 0; }
  tbody th, td { padding: 2px 0; border-top: 0; } td.tight { white-space: normal; } .group { background: var(--page); }
  td[data-label]::before { content: attr(data-label) ": "; color: var(--soft); font-size: 12.5px; font-weight: 600; }
}
@media print {
  :root { --page: #fff; --card: #fff; --line: #c8d2d9; --text: #111; --soft: #444; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  body { font-size: 11.5px; } section { break-inside: auto; } tr, .bar, .chain li, .why { break-inside: avoid; } h2 { break-after: avoid; }
  main, .band > div, footer { max-width: none; padding: 0 8px; } .scroll { overflow: visible; } table { min-width: 0; }
}`;
