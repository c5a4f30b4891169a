extension HTMLRun {
    /// The style sheet of the page. Offices run older browsers, so it uses no variables and no grid, and the page stays
    /// readable where a browser ignores a rule.
    static let style = screenStyle + HTMLContent.style + narrowStyle + printStyle

    private static let screenStyle = """

        * { box-sizing: border-box }
        html { -webkit-text-size-adjust: 100% }
        body { font: 14px/1.55 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "WenQuanYi Micro Hei", SimSun,
          sans-serif; margin: 0 auto; padding: 20px 24px 40px; max-width: 1560px; color: #1a1a1a; background: #fff }
        html[lang=en] body { font-family: "Segoe UI", Arial, "Helvetica Neue", "PingFang SC", "Microsoft YaHei",
          "Noto Sans CJK SC", sans-serif }
        h1 { font-size: 24px; line-height: 1.3; margin: 0 0 4px } h2 { font-size: 17px; margin: 26px 0 8px }
        p { margin: 4px 0 } ul { margin: 0; padding: 0; list-style: none } a { color: inherit }
        .kind { font-weight: bold; color: #555 } .small, small { font-size: 12px; color: #595959 }
        small { overflow-wrap: anywhere; word-wrap: break-word } [hidden] { display: none !important }
        .x .mark, .mark.x, .x > b, td.x { color: #b3261e } .q .mark, .q > b, td.q { color: #7a4d00 }
        .e .mark, .e > b, td.e { color: #6a1b9a } .k .mark, .k > b { color: #17692f } .o .mark, .o > b { color: #1a5490 }
        rect { fill: #666 } rect.back { fill: #eee } .x rect, rect.x { fill: #b3261e }
        .q rect, rect.q { fill: #e0a030 } rect.e { fill: #6a1b9a } rect.k { fill: #3f8f57 } .o rect { fill: #5b8fc4 }
        .x rect.back, .q rect.back, .o rect.back { fill: #eee }
        .notices { border: 1px solid #d9a441; border-left-width: 6px; background: #fff8e8; padding: 8px 14px;
          margin: 14px 0 0 } .notices li { margin: 3px 0; overflow-wrap: anywhere; word-wrap: break-word }
        .notices .stop { font-weight: bold; color: #8c1d18 } .notices ul { padding-left: 18px }
        .breaches li { margin: 3px 0; padding-left: 12px; border-left: 4px solid #b3261e }
        .strip { display: block; margin-bottom: 10px } .tally { display: flex; flex-wrap: wrap }
        .tally li { margin: 0 12px 8px 0; border: 1px solid #ccc; border-top: 4px solid #666; background: #fafafa }
        .tally a { display: block; padding: 6px 18px 8px; text-decoration: none; text-align: center }
        .tally a:hover, .tally a:focus { background: #f0f0f0 }
        .tally b { display: block; font-size: 30px; line-height: 1.2; font-weight: bold }
        .tally .x { border-top-color: #b3261e } .tally .q { border-top-color: #e0a030 }
        .tally .e { border-top-color: #6a1b9a } .tally .k { border-top-color: #3f8f57 }
        .tally .x b { color: #b3261e } .tally .q b { color: #7a4d00 } .tally .e b { color: #6a1b9a }
        .tally .k b { color: #17692f }
        table { border-collapse: separate; border-spacing: 0; width: 100% }
        th { text-align: left; font-size: 13px; background: #eef0f2; border-bottom: 2px solid #888; padding: 5px 8px }
        td { vertical-align: top; border-bottom: 1px solid #ddd; padding: 5px 8px }
        .plain td.mark { white-space: nowrap; width: 110px; font-weight: bold }
        .plain .share { width: 30%; padding-top: 9px } .share + .number { width: 66px } .plain th.number { width: 74px }
        th.number, td.number { text-align: right; white-space: nowrap }
        td.number { font-variant-numeric: tabular-nums } td.none { color: #767676 }
        .groups { display: flex; flex-wrap: wrap; margin-right: -24px }
        .groups section { flex: 1 1 420px; margin-right: 24px }
        .wait tbody { display: none } #tools { margin: 8px 0 } #tools label { display: inline-block; margin: 0 12px 6px 0 }
        #tools select, #tools input, button { font: inherit; padding: 3px 6px; border: 1px solid #888;
          background: #fff; color: inherit; max-width: 280px } #tools input { width: 250px }
        .list { table-layout: fixed } .list th { position: sticky; top: 0; z-index: 1 }
        .list td { overflow-wrap: anywhere; word-wrap: break-word } .list .i { width: 58px; color: #595959 }
        .list .v { width: 128px } .list .f { width: 24% } .list .category, .list .region { width: 78px }
        .list .n { width: 80px } .list .p { width: 94px } .list td.n, .list td.p, .list .i { text-align: right;
          font-variant-numeric: tabular-nums } .list th.n, .list th.p { text-align: right }
        .no-category .category, .no-region .region { display: none }
        .list small, .who, .path { display: block } .list li small { display: block } .path i { font-style: normal;
          color: #595959 } .f b + .path, .who { font-size: 12px; color: #404040 }
        .list .v b { white-space: nowrap } .list .v { padding-left: 10px } .list .x .v { box-shadow: inset 4px 0 #b3261e }
        .list .q .v { box-shadow: inset 4px 0 #e0a030 } .list .e .v { box-shadow: inset 4px 0 #6a1b9a }
        tr.x .v b { color: #b3261e } tr.q .v b { color: #7a4d00 } tr.e .v b { color: #6a1b9a }
        tr.k .v b { color: #17692f } .a li { padding-left: 20px; text-indent: -20px; margin-bottom: 4px }
        .a li * { text-indent: 0 } .a li b { display: inline-block; width: 18px; text-align: center }
        summary { cursor: pointer; color: #404040 } .a details { font-size: 12px; color: #404040 }
        .a details i { color: #595959; font-style: normal } .no-details .a details { height: 20px; overflow: hidden }
        .no-details .a details[open] { height: auto }
        th[aria-sort] { cursor: pointer } th[aria-sort]:hover span { text-decoration: underline }
        th[aria-sort] span:after { content: "\\2195"; color: #888; font-weight: normal; margin-left: 2px }
        th[aria-sort=ascending] span:after { content: "\\2191"; color: #1a1a1a }
        th[aria-sort=descending] span:after { content: "\\2193"; color: #1a1a1a }
        a:focus, button:focus, th span:focus, select:focus, input:focus, summary:focus { outline: 2px solid #1a5490 }
        footer { margin-top: 26px; border-top: 1px solid #ddd; padding-top: 8px; overflow-wrap: anywhere }

        """

    private static let narrowStyle = """
        @media screen and (max-width: 760px) {
          body { padding: 14px 12px 30px; font-size: 15px } .tally a { padding: 4px 11px 6px } .tally b { font-size: 24px }
          .plain .share, .plain .share + td { display: none } .plain [colspan] { display: none }
          .plain th.number, .plain td.mark { width: auto } .plain th, .plain td { padding: 5px 4px }
          .groups { display: block; margin: 0 } #tools label { display: block } #tools select, #tools input { width: 60%;
          max-width: none }
          .list, .list thead, .list tbody, .list tr, .list td { display: block; width: auto }
          .list thead tr { display: flex; flex-wrap: wrap } .list th { position: static; width: auto !important;
          border: 1px solid #ccc; margin: 0 4px 4px 0 }
          .list tr { border-bottom: 2px solid #aaa; padding: 6px 0 } .list td { border: 0; padding: 1px 8px }
          .list td.i { float: right } .list td.f { width: auto } .list td.n, .list td.p, .list td.category,
          .list td.region { display: inline-block; width: auto; color: #404040; font-size: 13px; padding-right: 0 }
          .list.no-category .category, .list.no-region .region { display: none }
          .list td.p small { display: inline; margin-left: 4px } .list td.a { padding-top: 3px }
          .list td:empty { display: none !important } .list .v small { display: inline; margin-left: 6px }
        }

        """

    private static let printStyle = """
        @page { size: A4 landscape; margin: 12mm 10mm 14mm; @bottom-right { content: counter(page) " / " counter(pages);
          font-size: 9pt } }
        @media print {
          body { font-size: 9pt; line-height: 1.4; padding: 0; max-width: none } h1 { font-size: 16pt }
          h2 { font-size: 12pt; margin: 14px 0 4px; page-break-after: avoid; break-after: avoid }
          a { text-decoration: none } #tools, #more, .a details:not([open]), .a details summary { display: none }
          .small, small, .list small, .who, .f b + .path, .a details { font-size: 8pt; color: #333 }
          tr, li { page-break-inside: avoid; break-inside: avoid } thead { display: table-header-group }
          .list th { position: static } th { background: none; border-top: 1px solid #000; border-bottom: 1px solid #000;
          padding: 3px 5px } td { padding: 3px 5px; border-bottom-color: #999 }
          th[aria-sort] span:after { content: "" !important; margin: 0 } .list .i { width: 11mm } .list .v { width: 26mm }
          .list .category, .list .region { width: 20mm } .list .n { width: 17mm } .list .p { width: 20mm }
          .list .f { width: 23% } .notices { background: none; border-color: #000 } .tally li { background: none }
          .tally b { font-size: 18pt } tr.x .v b { text-decoration: underline }
        }

        """
}
