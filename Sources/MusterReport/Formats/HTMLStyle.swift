import MusterDiagnostics

/// The style sheet of a page.
///
/// Fonts are those that systems bring along, Chinese ones by name, since browsers otherwise take
/// any that has the characters. Colours keep a contrast of 4.5 to 1 for texts; those of charts
/// differ in lightness too (after Okabe and Ito), so that they can be told apart in grey.
enum HTMLStyle {
    static func text(_ language: Language) -> String {
        colours + page(language) + body + tables + figures + foot + screens + print
    }

    private static func page(_ language: Language) -> String {
        let number = language == .zh
            ? "\"第 \" counter(page) \" 页，共 \" counter(pages) \" 页\""
            : "\"Page \" counter(page) \" of \" counter(pages)"
        return """
            @page {
              size: A4 portrait;
              margin: 18mm 15mm;
              @bottom-center {
                content: \(number);
                font: 8pt "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif;
                color: #444;
              }
            }
            @page across { size: A4 landscape; }
            .across { page: across; }

            """
    }

    private static let colours = """
        :root {
          color-scheme: light dark;
          --paper: #ffffff; --ink: #1b1b1b; --quiet: #5a5a5a; --rule: #8a8a8a; --hair: #dcdcdc;
          --head: #f1f0ec; --total: #f6f5f1; --accent: #8c1c13;
          \(ChartPalette.light.variables)
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --paper: #16181b; --ink: #e9e7e2; --quiet: #a9a7a2; --rule: #6d6f73; --hair: #34373b;
            --head: #23262a; --total: #1f2226; --accent: #e08a80;
            \(ChartPalette.dark.variables)
          }
        }

        """

    private static let body = """
        * { box-sizing: border-box; }
        html { background: var(--paper); -webkit-text-size-adjust: 100%; }
        body {
          margin: 0; background: var(--paper); color: var(--ink);
          font: 16px/1.7 -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei",
            "Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", sans-serif;
          overflow-wrap: break-word;
        }
        main { max-width: 64rem; margin: 0 auto; padding: 2.5rem 1.5rem 3rem; }
        h1, h2, h3, h4, h5, h6 {
          font-family: "STZhongsong", "Source Han Serif SC", "Noto Serif CJK SC", "Noto Serif SC",
            "Songti SC", "SimSun", Georgia, serif;
          line-height: 1.35; text-wrap: balance;
        }
        h1 > span, h2 > span, h3 > span { display: inline-block; }
        h1 {
          font-size: 1.75rem; text-align: center; margin: 0 auto 1.75rem;
          padding-bottom: 1rem; border-bottom: 3px double var(--accent);
        }
        h2 { font-size: 1.3rem; margin: 2.25rem 0 .75rem; }
        h3 { font-size: 1.12rem; margin: 1.75rem 0 .6rem; }
        h4, h5, h6 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
        p { margin: .6rem 0; text-wrap: pretty; }
        :lang(zh-CN) > body p { text-align: justify; }

        """

    private static let tables = """
        .scroll {
          overflow-x: auto;
          /* A shade at each side that there is more to see on. */
          background:
            linear-gradient(to right, var(--paper) 40%, transparent) left / 3rem 100%,
            linear-gradient(to left, var(--paper) 40%, transparent) right / 3rem 100%,
            linear-gradient(to right, var(--hair), transparent) left / 1rem 100%,
            linear-gradient(to left, var(--hair), transparent) right / 1rem 100%;
          background-repeat: no-repeat;
          background-attachment: local, local, scroll, scroll;
        }
        .scroll:focus-visible { outline: 2px solid var(--s0); outline-offset: 2px; }
        table {
          border-collapse: collapse; width: 100%;
          font-size: .875rem; line-height: 1.45;
          border-top: 2px solid var(--ink); border-bottom: 2px solid var(--ink);
          font-variant-numeric: tabular-nums lining-nums;
        }
        section.table { margin: 1.5rem 0 1.75rem; scroll-margin-top: 1rem; }
        .title {
          display: flex; flex-wrap: wrap; justify-content: space-between; align-items: baseline;
          gap: 0 1.5rem; padding-bottom: .4rem; font-size: .9375rem;
        }
        .unit { font-size: .8125rem; color: var(--quiet); white-space: nowrap; margin-left: auto; }
        .remarks { margin: .4rem 0 0; font-size: .8125rem; color: var(--quiet); }
        tr.again, tr.signing { display: none; }
        thead th.over { border-bottom: 1px solid var(--rule); border-left: 1px solid var(--hair); }
        tr.group > th {
          font-weight: 700; background: var(--head); padding-top: .5rem; text-align: left;
        }
        tr.group > th > span { position: sticky; left: .6rem; }
        td.zero { color: var(--quiet); }
        td.missed { font-weight: 700; color: var(--accent); }
        th, td { padding: .34rem .6rem; text-align: left; vertical-align: baseline; }
        tbody tr + tr > *, tfoot tr + tr > * { border-top: 1px solid var(--hair); }
        thead th {
          background: var(--head); border-bottom: 1px solid var(--ink); vertical-align: bottom;
          font-weight: 600;
        }
        tbody th { font-weight: 400; }
        tbody tr:hover > * { background: var(--total); }
        .n { text-align: right; }
        .c { text-align: center; }
        td.n, td.c, td.s, thead th { white-space: nowrap; }
        th[scope="row"] {
          position: sticky; left: 0; background: var(--paper); min-width: 8em;
          text-wrap: balance;
        }
        tfoot { border-top: 1px solid var(--ink); }
        tr.subtotal > *, tr.subtotal th[scope="row"],
        tfoot > tr > *, tfoot th[scope="row"] { font-weight: 700; background: var(--total); }
        td.none { color: var(--quiet); text-align: center; }

        """

    private static let figures = """
        figure { margin: 1.5rem 0 2rem; }
        figure svg { display: block; max-width: 100%; height: auto; margin: 0 auto; }
        figure .on-telephone { display: none; }
        figcaption { text-align: center; font-size: .875rem; margin-top: .5rem; }
        figcaption small { display: block; color: var(--quiet); font-size: .8125rem; }
        svg text {
          font: 12px -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei",
            "Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", sans-serif;
          font-variant-numeric: tabular-nums lining-nums; fill: var(--ink);
          paint-order: stroke; stroke: var(--paper); stroke-width: 3px; stroke-linejoin: round;
        }
        svg .faint { fill: var(--quiet); }
        svg .grid { stroke: var(--hair); stroke-width: 1; }
        svg .axis { stroke: var(--rule); stroke-width: 1; }
        svg .halo { stroke: var(--paper); stroke-width: 5.5; }
        svg .goal { stroke: var(--goal); stroke-width: 2; stroke-dasharray: 8 3; }
        svg .tick { stroke-width: 2.5; stroke-dasharray: none; }
        svg text.goal-label { fill: var(--goal); font-weight: 600; }
        \(ChartPalette.rules)\
        svg rect { stroke: none; }
        svg .hatch { fill: none; stroke: var(--paper); stroke-width: 1.2; }
        svg text.name { fill: var(--ink); stroke: var(--paper); font-weight: 600; }
        svg .path { fill: none; stroke-width: 2.25; stroke-linejoin: round; }
        \(SVGMarks.rules)\
        svg .point { stroke: var(--paper); stroke-width: 1.25; }
        svg .hollow { fill: var(--paper); stroke: currentColor; stroke-width: 2; }

        """

    private static let foot = """
        .notes, .provenance ul { color: var(--quiet); font-size: .8125rem; line-height: 1.6; }
        .notes, .provenance ul { margin: .5rem 0; padding-left: 1.2em; overflow-wrap: anywhere; }
        .provenance { margin-top: 2rem; border-top: 1px solid var(--rule); padding-top: .6rem; }
        .provenance h2 { font-size: .9375rem; margin: 0; }
        .frame {
          display: flex; flex-wrap: wrap; justify-content: space-between; gap: .2rem 2rem;
          margin: -.9rem 0 1.25rem; font-size: .9375rem;
        }
        .contents { margin: 1rem 0 1.5rem; font-size: .875rem; }
        .contents h2 { font-size: 1rem; margin: 0 0 .3rem; }
        .contents ul { columns: 2 18em; margin: 0; padding: 0; list-style: none; }
        .contents li { break-inside: avoid; }
        .contents a { color: inherit; text-decoration-color: var(--hair); }
        .signatures { display: flex; flex-wrap: wrap; gap: 1.1rem 1.6rem; margin-top: 2rem; }
        .signatures p {
          display: flex; flex: 1 1 auto; margin: 0; white-space: nowrap; font-size: .9375rem;
        }
        .signatures .place {
          flex: 1; min-width: 4.5em; border-bottom: 1px solid var(--ink); margin-left: .4em;
        }

        """

    private static let screens = """
        @media screen and (max-width: 640px) {
          main { padding: 1.25rem 1rem 2rem; }
          h1 { font-size: 1.35rem; margin-bottom: 1.25rem; }
          h2 { font-size: 1.15rem; }
          th, td { padding: .34rem .45rem; }
          th[scope="row"] { min-width: 8em; max-width: 9.5em; }
          figure .on-page { display: none; }
          figure .on-telephone { display: block; }
        }
        /* A wide table goes beyond the text on either side before it has to be scrolled. */
        @media screen and (min-width: 68rem) {
          .wide { margin-inline: calc((61rem - min(100vw - 3rem, 84rem)) / 2); }
          .wide table { font-size: .8125rem; }
          .wide th, .wide td { padding-inline: .42rem; }
        }
        /* The heads of a long table stay in sight. */
        @media screen {
          .long thead th { position: sticky; top: 0; z-index: 2; }
          .long { max-height: 88vh; overflow: auto; }
        }

        """

    private static let print = """
        @media print {
          :root {
            color-scheme: light;
            --paper: #fff; --ink: #000; --quiet: #444; --rule: #777; --hair: #c4c4c4;
            --head: #f0efeb; --total: #f0efeb; --accent: #8c1c13;
            \(ChartPalette.light.variables)
          }
          html { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
          body { font-size: 10.5pt; line-height: 1.6; }
          main { max-width: none; padding: 0; }
          h1 { font-size: 18pt; margin-bottom: 14pt; }
          h2 { font-size: 13pt; margin-top: 16pt; }
          h3 { font-size: 11.5pt; }
          h1, h2, h3, h4, h5, h6 { break-after: avoid; }
          p { orphans: 3; widows: 3; }
          .scroll { overflow: visible; background: none; }
          section.table { margin: 8pt 0 14pt; }
          .title { position: relative; z-index: 1; background: var(--paper); }
          .title, tr.group { break-after: avoid; }
          .title { padding: 0 0 3pt; font-size: 9.5pt; margin-bottom: -17pt; min-height: 17pt; }
          tr.again, tr.signing { display: table-row; }
          /* What the last row of the table holds on paper. */
          .signed > .remarks, .signed > .signatures { display: none; }
          .signed table { border-bottom: 0; }
          tr.signing { break-before: avoid; }
          tfoot > tr.signing > td {
            border-top: 2px solid var(--ink); padding: 2pt 0 0; background: none;
            font-weight: 400; white-space: normal;
          }
          tr.again > td {
            height: 17pt; padding: 0 0 3pt; border: 0; max-width: 0; overflow: hidden;
            white-space: nowrap; vertical-align: bottom; line-height: 1.2; font-size: 9.5pt;
          }
          table { border-top: 0; }
          thead tr.again + tr > th { border-top: 2px solid var(--ink); }
          .remarks { font-size: 8pt; margin-top: 3pt; }
          .frame { margin: -6pt 0 8pt; font-size: 10pt; }
          .contents { font-size: 9.5pt; }
          table { font-size: 9pt; }
          .small table { font-size: 8pt; }
          th, td { padding: 2.4pt .5em; }
          th[scope="row"] { min-width: 7em; position: static; }
          thead { display: table-header-group; }
          tbody > tr:first-child { break-before: avoid; }
          tfoot > tr:first-child { break-before: avoid; }
          tfoot { display: table-row-group; }
          tr, figure, .signatures, .short { break-inside: avoid; }
          .notes, .provenance ul, figcaption small { font-size: 8pt; }
          figcaption { font-size: 9pt; }
          .provenance { margin-top: 14pt; }
          .provenance h2 { font-size: 9.5pt; }
          .signatures { margin-top: 18pt; gap: 10pt 14pt; break-before: avoid; }
          .signatures p { font-size: 10pt; }
        }

        """
}
