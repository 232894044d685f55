/** The page's own: it must load quickly, and without anything of the page of those who sign in. */
export const statusStyle = `:root{color-scheme:light dark;--ink:#1b2430;--dim:#566272;--line:#dfe4ea;--page:#f5f7f9;--card:#fff;--link:#1a5fc8;--ok:#1f7a3d;--some:#8a5a00;--bad:#b3261e;--kept:#1a5fc8;--cell:#5fbb85;--part:#e8a63a;--gone:#e04b4b;--none:#dfe4ea;font:16px/1.5 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
@media(prefers-color-scheme:dark){:root{--ink:#e4e9ee;--dim:#9aa7b4;--line:#2b333d;--page:#0d1117;--card:#151b22;--link:#7cb0ff;--ok:#7ddc9a;--some:#ffcc66;--bad:#ff8a80;--kept:#7cb0ff;--cell:#2f8f55;--part:#c08a1e;--gone:#d84a4a;--none:#2b333d}}
body{margin:0;background:var(--page);color:var(--ink)}main{max-width:52rem;margin:0 auto;padding:2.5rem 1rem}
header{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:baseline;gap:.25rem 1.5rem;margin-bottom:1.25rem}
h1{font-size:1.5rem;line-height:1.3;margin:0;overflow-wrap:anywhere}h2{font-size:1.05rem;margin:2rem 0 .6rem}h3{font-size:1rem;margin:0;overflow-wrap:anywhere}
a{color:var(--link)}nav{display:flex;flex-wrap:wrap;gap:.25rem .9rem;font-size:.875rem}nav span,small{color:var(--dim)}small{font-size:.8125rem}
.about{margin:0 0 1.25rem}.all{margin:0;padding:1rem 1.25rem;border-radius:.6rem;color:#fff;background:#5f6368;font-weight:600}
.all.ok{background:#1f7a3d}.all.failing{background:#b3261e}.all.degraded{background:#8a5a00}.all.maintenance{background:#1a5fc8}
ul,ol{list-style:none;margin:0;padding:0}.services,article{border:1px solid var(--line);border-radius:.6rem;background:var(--card)}
.services>li{padding:.9rem 1.25rem 1rem}.services>li+li{border-top:1px solid var(--line)}
.services p{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.1rem 1rem;margin:0}b{overflow-wrap:anywhere}
.failing{color:var(--bad)}.degraded{color:var(--some)}.ok{color:var(--ok)}.maintenance{color:var(--kept)}.unknown{color:var(--dim)}
.all.ok,.all.failing,.all.degraded,.all.maintenance,.all.unknown{color:#fff}
.days{display:flex;gap:2px;height:32px;margin:.5rem 0 .25rem}.days i{flex:1;min-width:4px;border-radius:2px;background:var(--none)}
.days i:hover{outline:2px solid var(--dim)}.days .g{background:var(--cell)}.days .y{background:var(--part)}.days .r{background:var(--gone)}
.short{display:none}article{padding:.9rem 1.25rem;margin-top:.75rem}article p{margin:.1rem 0;overflow-wrap:anywhere}
article ol{margin-top:.6rem}article li{padding:.5rem 0 .1rem .9rem;border-left:3px solid var(--line)}h3 span{font-weight:400;font-size:.875rem}
details{margin-top:1rem}summary{cursor:pointer;color:var(--dim);font-size:.875rem}footer{margin-top:2rem}
.embedded main{padding:.5rem;max-width:none}.embedded .services{margin:.5rem 0}
.embedded h1{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);margin:0}
@media(max-width:600px){.legend :nth-child(2){order:1;width:100%}.days i:nth-child(-n+60),.long{display:none}.short{display:inline}main{padding:1.25rem .75rem}}
`;

/** Looks again every minute while somebody may be looking, and changes what is different. */
export const statusScript = `const again=async()=>{if(document.hidden)return;const answer=await fetch(location.href).catch(()=>undefined);
if(!answer?.ok)return;const next=new DOMParser().parseFromString(await answer.text(),'text/html');
for(const part of next.querySelectorAll('[data-part]')){const own=document.querySelector('[data-part="'+part.dataset.part+'"]');
if(!own||own.outerHTML===part.outerHTML)continue;for(const folded of own.querySelectorAll('details[open]'))part.querySelector('details')?.setAttribute('open','');
own.className=part.className;own.replaceChildren(...part.childNodes)}};
setInterval(again,60000);document.addEventListener('visibilitychange',again);
`;
