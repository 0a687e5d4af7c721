/// The style sheet of a statement: screen, dark screen, phone and paper.
///
/// Series colours after M. Okabe and K. Ito, "Color Universal Design" (blue, orange, green).
enum HTMLStyle {
    static let css: StaticString = """
        :root {
          color-scheme: light dark;
          --paper: #fcfbf8; --ink: #1b2430; --soft: #58626f; --rule: #d9d5cb; --strong: #1b2430;
          --accent: #17506e; --warn: #8a4b08; --warnband: #fdf3e1;
          --series0: #1d5f8a; --series1: #e0a030; --series2: #2f8f74; --over: #5d3c00;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --paper: #14181d; --ink: #e6e4de; --soft: #a3abb5; --rule: #343b44;
            --strong: #c9c6be; --accent: #8ec5e6; --warn: #f0bd72;
            --warnband: #2b2316; --series0: #5aa3d2; --series1: #e0a030; --series2: #4fb896;
          }
        }
        * { box-sizing: border-box; }
        body {
          margin: 0 auto; padding: 0 1.25rem 4rem; max-width: 62rem; background: var(--paper);
          color: var(--ink); font: 1rem/1.55 "Source Sans 3", "Segoe UI", system-ui, "DejaVu Sans",
          sans-serif;
        }
        h1, h2, .number { font-family: "Source Serif 4", Georgia, "DejaVu Serif", serif; }
        a { color: var(--accent); }
        a:focus-visible, .scroll:focus-visible, summary:focus-visible {
          outline: 3px solid var(--accent); outline-offset: 2px;
        }
        .skip { position: absolute; left: -100rem; }
        .skip:focus { left: 1rem; top: 1rem; padding: .5rem 1rem; background: var(--paper); }
        .cover { padding: 3.5rem 0 1.75rem; border-bottom: 3px double var(--strong); }
        .cover p { margin: 0; max-width: none; }
        .cover .kind { color: var(--soft); letter-spacing: .08em; text-transform: uppercase;
          font-size: .8rem; }
        h1 { margin: .35rem 0 .35rem; font-size: 2.4rem; line-height: 1.15; font-weight: 600; }
        .identity { color: var(--soft); }
        .totals { display: flex; flex-wrap: wrap; gap: 1.25rem 4rem; margin: 2rem 0 1.5rem; }
        .totals .name { font-size: .9rem; color: var(--soft); }
        .totals .number { font-size: 2.1rem; line-height: 1.25; white-space: nowrap;
          font-variant-numeric: lining-nums tabular-nums; }
        .totals .unit { font-size: 1rem; color: var(--soft); }
        .status { font-weight: 600; }
        .status.open { color: var(--warn); }
        nav ol { columns: 3 14rem; margin: 1.5rem 0 0; padding-left: 1.4rem; font-size: .92rem; }
        nav li { break-inside: avoid; }
        section { padding-top: 2.5rem; }
        h2 { margin: 0 0 .75rem; padding-bottom: .3rem; border-bottom: 1px solid var(--strong);
          font-size: 1.45rem; font-weight: 600; }
        p, ul { max-width: 44rem; }
        .scroll { overflow-x: auto; margin: 1.25rem 0; }
        .narrow { max-width: 44rem; }
        table { width: 100%; border-collapse: collapse; font-size: .9rem; line-height: 1.4; }
        caption { padding-bottom: .4rem; text-align: left; font-weight: 600; }
        th, td { padding: .34rem .65rem; text-align: left; vertical-align: top; }
        th:first-child { padding-left: 0; }
        thead th { border-bottom: 1px solid var(--strong); color: var(--soft); font-weight: 600;
          font-size: .8rem; vertical-align: bottom; }
        tbody th { font-weight: 400; }
        tbody tr { border-bottom: 1px solid var(--rule); }
        .n { text-align: right; white-space: nowrap; }
        .n { font-variant-numeric: lining-nums tabular-nums; }
        td.n { position: relative; }
        thead th.n { white-space: normal; }
        .mark { position: absolute; color: var(--warn); font-weight: 700; }
        .number .mark { position: static; }
        .c, code { font-family: "Source Code Pro", ui-monospace, "DejaVu Sans Mono", monospace;
          font-size: .82em; overflow-wrap: anywhere; }
        thead th.c { font: inherit; font-size: .8rem; font-weight: 600; }
        .detail th:first-child { padding-left: 1.1rem; }
        .detail, .detail th { color: var(--soft); }
        .subtotal th, .subtotal td, .total th, .total td { font-weight: 600; }
        .total { border-top: 1px solid var(--strong); border-bottom: 3px double var(--strong); }
        .warning { margin: 1.25rem 0; padding: .75rem 1rem; border-left: 4px solid var(--warn);
          background: var(--warnband); }
        .warning p { margin: 0; }
        .warning strong { color: var(--warn); }
        .facts { margin: 1rem 0; font-size: .92rem; }
        .facts div { display: grid; grid-template-columns: 14rem 1fr; gap: 0 1.5rem;
          padding: .4rem 0; border-bottom: 1px solid var(--rule); }
        .facts dt { color: var(--soft); overflow-wrap: anywhere; }
        dd { margin: 0; overflow-wrap: anywhere; }
        figure { margin: 1.5rem 0; max-width: 44rem; break-inside: avoid; }
        figcaption { margin-bottom: .75rem; font-size: .88rem; color: var(--soft); }
        figcaption strong { color: var(--ink); }
        svg { display: block; width: 100%; height: auto; font-size: 12px; }
        svg text { fill: var(--ink); font-variant-numeric: lining-nums tabular-nums; }
        svg .tick { fill: var(--soft); font-size: 11px; }
        svg .value { font-weight: 600; }
        .grid { stroke: var(--rule); }
        .base { stroke: var(--strong); }
        .series0 { fill: var(--series0); }
        .series1 { fill: var(--series1); }
        .series2 { fill: var(--series2); }
        .over { stroke: var(--over); stroke-width: 1; opacity: .55; fill: none; }
        .dot { fill: var(--paper); }
        details { margin: 1rem 0; font-size: .86rem; }
        summary { cursor: pointer; color: var(--accent); }
        details dl > div { padding: .5rem 0; border-bottom: 1px solid var(--rule); }
        details dt { font-weight: 600; }
        details dd { color: var(--soft); }
        footer { margin-top: 3rem; padding-top: 1rem; border-top: 3px double var(--strong);
          font-size: .82rem; color: var(--soft); }
        footer p { margin: .25rem 0; max-width: none; }
        @media (max-width: 40rem) {
          body { padding: 0 1rem 3rem; }
          .cover { padding-top: 2rem; }
          h1 { font-size: 1.8rem; }
          .totals .number { font-size: 1.7rem; }
          .facts div { grid-template-columns: 1fr; }
          th, td { padding: .34rem .45rem; }
          tbody th { min-width: 8rem; }
        }
        @media print {
          @page { size: A4; margin: 18mm 16mm 20mm; }
          :root { --paper: #fff; --ink: #111; --soft: #444; --rule: #ccc; --strong: #111;
            --accent: #111; --warn: #7a3f00; --warnband: #fff;
            --series0: #1d5f8a; --series1: #e0a030; --series2: #2f8f74; }
          html { font-size: 9.5pt; }
          body { max-width: none; padding: 0; }
          figure { max-width: 34rem; }
          .skip, nav, details { display: none; }
          .cover { padding-top: 0; }
          section { padding-top: 1.5rem; }
          h2, caption, figcaption { break-after: avoid; }
          tr, .warning, .facts div, .narrow { break-inside: avoid; }
          thead { display: table-header-group; }
          .scroll { overflow: visible; }
          th, td { padding: .22rem .4rem; }
          a { color: inherit; text-decoration: none; }
        }
        """
}
