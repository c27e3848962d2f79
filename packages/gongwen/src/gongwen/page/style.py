"""样式: calm, for reading; light and dark, wide and narrow, screen and paper."""

from __future__ import annotations

STYLE = """
:root{--ink:#1c2733;--soft:#55636f;--ground:#f3f5f7;--paper:#fff;--line:#d8dee5;--blue:#15508f;--purple:#6a3390;--green:#1b6437;
--amber:#7a4a00;--red:#a01c1c;--wash:#fdf1dc;color-scheme:light dark}
@media(prefers-color-scheme:dark){:root{--ink:#e4e9ee;--soft:#aab5c0;--ground:#12171c;--paper:#1a2128;--line:#35404b;--blue:#8ab8ec;
--purple:#c9a0ea;--green:#85cf9f;--amber:#ecc27a;--red:#f2a29d;--wash:#352810}}
*{box-sizing:border-box}
body{background:var(--ground);color:var(--ink);font:15px/1.6 "Noto Sans SC","Source Han Sans SC","PingFang SC","Microsoft YaHei","Noto Sans CJK SC",
system-ui,sans-serif;margin:0 auto;max-width:90rem;padding:1.25rem;border-top:3px solid #9e1b1b}
h1{font-size:1.3rem;margin:0 0 .25rem}
.facts,.legend{color:var(--soft);margin:.25rem 0;font-size:.875rem}
.tiles{display:flex;flex-wrap:wrap;gap:.5rem;list-style:none;margin:.75rem 0;padding:0}
.tiles li{background:var(--paper);border:1px solid var(--line);border-radius:4px;padding:.25rem .75rem;font-size:.8125rem;color:var(--soft)}
.tiles b{color:var(--ink);font-size:1.1rem;margin-right:.35rem;font-variant-numeric:tabular-nums}
.opening{color:var(--amber);font-size:.875rem;margin:.5rem 0;padding-left:1.25rem}
.legend mark{margin-right:.6rem}
main{display:grid;gap:1rem;margin-top:.75rem}
@media(min-width:64rem){main{grid-template-columns:minmax(0,1fr) 24rem;align-items:start}.lists{position:sticky;top:1rem;max-height:calc(100vh - 2rem);overflow:auto}}
.paper,.lists{background:var(--paper);border:1px solid var(--line);border-radius:4px;padding:1rem 1.25rem}
.paper{font-family:"Source Han Serif SC","Noto Serif SC","Songti SC",SimSun,"Noto Serif CJK SC",serif;font-size:1.0625rem;line-height:2}
.paper p{margin:0 0 .3em;text-indent:2em;overflow-wrap:anywhere}
.paper .title{font-size:1.2em;font-weight:700;text-align:center;text-indent:0;margin:.5em 0 .8em}
.paper .heading{font-weight:600}
.paper .row{text-indent:0;white-space:pre-wrap;tab-size:8;border-bottom:1px dotted var(--line);font:14px/1.8 inherit}
.paper .contact{text-indent:0}.paper .signature{text-align:right;text-indent:0}
.paper .debris{color:var(--soft);font-size:.8em;text-indent:0}
mark{background:none;color:inherit}
mark:focus-visible{outline:2px solid #b35900}
.figure{text-decoration:underline 2px solid var(--blue);text-underline-offset:.25em}
.total{font-weight:700}
.citation{text-decoration:underline 2px dotted var(--purple);text-underline-offset:.25em}
.date{border-bottom:1px dotted var(--soft)}
.organisation{border-bottom:3px double var(--soft)}
.claim{border-bottom:1px dashed var(--green)}.claim.ongoing,.claim.phased{border-color:var(--amber)}.claim.not_done{border-color:var(--red)}
.claim.completed{background:color-mix(in srgb,var(--green) 10%,transparent)}.claim.ongoing,.claim.phased{background:color-mix(in srgb,var(--amber) 10%,transparent)}
.claim.not_done{background:color-mix(in srgb,var(--red) 10%,transparent)}
.doubt{background:repeating-linear-gradient(135deg,transparent 0 4px,var(--wash) 4px 8px)}
.leftover{outline:1px dashed var(--red)}
mark.error{color:var(--red);font-weight:600;text-decoration:underline 2px wavy var(--red)}mark.warning{text-decoration:underline 1.5px wavy var(--amber)}
.tag::before{content:attr(data-t);border:1px solid;border-radius:2px;font:600 .72rem/1.4 system-ui,sans-serif;padding:0 .35em;margin-right:.4em;display:inline-block;text-indent:0}
.tag.finding{color:var(--red)}.tag.measure{color:var(--amber)}
.noted{display:grid;gap:0 1rem}
@media(min-width:80rem){.noted{grid-template-columns:minmax(0,1fr) 14rem}}
.note{border-left:3px solid var(--soft);color:var(--soft);font:.8125rem/1.5 system-ui,sans-serif;margin:.4em 0;padding-left:.5rem}
.note.error{border-color:var(--red);color:var(--red)}.note.warning{border-color:var(--amber);color:var(--amber)}
.lists{font-size:.875rem}.lists summary{cursor:pointer;font-weight:600;padding:.25rem 0}.lists small{color:var(--soft)}
.lists ol{list-style:none;margin:0 0 .75rem;padding:0}.lists li{border-top:1px solid var(--line);padding:.2rem 0}
.lists a{color:var(--ink);text-decoration:none}.lists a:hover{color:var(--blue)}
.lists i{color:var(--soft);font-size:.75rem;font-style:normal;border:1px solid var(--line);border-radius:1rem;padding:0 .5em}
.error{color:var(--red)}b.warning{color:var(--amber)}.completed{color:var(--green)}
.depth{padding-left:calc(var(--d)*1em)}
:target{background:var(--wash)}
@media print{body{background:none;border:0;max-width:none}.lists{display:none}.paper{border:0}}
"""
