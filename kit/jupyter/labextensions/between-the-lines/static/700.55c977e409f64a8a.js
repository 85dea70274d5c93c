"use strict";(self.rspackChunkbetween_the_lines=self.rspackChunkbetween_the_lines||[]).push([[700],{646(e,t,n){var o=n(601),r=n.n(o),s=n(314),l=(n.n(s))()(r());l.push([e.id,`/* The lesson view. What it hides of a notebook comes back with "Show the notebook". */
.btl-lesson { container-type: inline-size; container-name: lesson; }
.btl-lesson-hidden.btl-lesson-hidden,
.btl-lesson :is(
  .jp-InputPrompt, .jp-OutputPrompt, .jp-Collapser, .jp-cell-menu, .jp-cell-toolbar, .jp-Notebook-footer, .jp-CellHeader,
  .jp-CellFooter, .jp-OutputArea-promptOverlay, .jp-collapseHeadingButton, .jp-showHiddenCellsButton, .jp-InternalAnchorLink
),
.btl-lesson .jp-CodeCell:not(.btl-lesson-code) > .jp-Cell-inputWrapper { display: none !important; }
.btl-lesson .jp-WindowedPanel-outer { padding: 0; height: calc(100% - var(--btl-lesson-bar, 4rem)); /* it ends where the bar begins: see scroll.ts */ }
.btl-lesson .jp-Notebook { --jp-cell-padding: 0; }
.btl-lesson .jp-Notebook.jp-mod-scrollPastEnd::after { display: none; }
.btl-lesson .jp-Notebook .jp-Cell {
  box-sizing: border-box;
  width: min(58rem, 100%);
  margin-inline: auto;
  padding: 0.25rem clamp(0.5rem, 3cqi, 2rem);
  border: 0;
  box-shadow: none !important;
}
.btl-lesson .jp-Notebook :is(.jp-MarkdownOutput, .jp-Cell) { border: 0; }
.btl-lesson .jp-Notebook .jp-Cell:focus-visible { outline: 0; box-shadow: inset 3px 0 0 var(--jp-brand-color1) !important; }
.btl-lesson .jp-MarkdownCell .jp-RenderedHTMLCommon { max-width: 42rem; font-size: 1.15em; line-height: 1.6; }
.btl-lesson .jp-OutputArea-output { padding-inline: 0; }
.btl-lesson :is(.jp-InputArea, .jp-RenderedHTMLCommon) { padding-inline: 0; }
.btl-lesson .jp-Cell .jp-Cell-outputWrapper { overflow: visible; }

/* The bar and the map. Colours as in the kit's widgets. */
.btl-lesson-bar, .btl-lesson-map {
  --paper: light-dark(#fdfcf9, #1d1c1b);
  --ink: light-dark(#201f1d, #eceae6);
  --quiet: light-dark(#64605a, #aca7a0);
  --line: light-dark(#d9d4cb, #45423f);
  --raised: light-dark(#ffffff, #292725);
  --focus: light-dark(#0b57d0, #8ab4f8);
  --good: light-dark(#1d6a35, #8ed6a2);
  box-sizing: border-box;
  position: absolute;
  inset-inline-start: 0;
  background: var(--paper);
  color: var(--ink);
  font: 0.95rem / 1.5 var(--jp-ui-font-family, system-ui, sans-serif);
}
[data-jp-theme-light="true"] :is(.btl-lesson-bar, .btl-lesson-map, .btl-lesson-run) { color-scheme: light; }
[data-jp-theme-light="false"] :is(.btl-lesson-bar, .btl-lesson-map, .btl-lesson-run) { color-scheme: dark; }
:is(.btl-lesson-bar, .btl-lesson-map) [hidden], :is(.btl-lesson-bar, .btl-lesson-map)[hidden] { display: none; }
/* What JupyterLab has to tell never lies on Continue. */
body:has(.btl-lesson-bar:not([hidden])) .Toastify__toast-container { bottom: 8rem; }
.btl-lesson-bar { inset-block-end: 0; inset-inline-end: 0; z-index: 5; }
.btl-lesson-row, .btl-lesson-notice, .btl-lesson-steps, .btl-lesson-head { display: flex; align-items: center; gap: 0.5rem; }
.btl-lesson-row, .btl-lesson-notice { flex-wrap: wrap; padding: 0.5rem clamp(0.5rem, 2cqi, 1.5rem); }
.btl-lesson-notice { padding-block-end: 0; }
.btl-lesson-notice p { margin: 0; }
.btl-lesson-steps { flex: 1; }
.btl-lesson-where { white-space: nowrap; }
.btl-lesson-progress { display: block; width: 100%; height: 4px; border: 0; background: var(--line); appearance: none; }
.btl-lesson-progress::-webkit-progress-bar { background: var(--line); }
.btl-lesson-progress::-webkit-progress-value { background: var(--good); }
.btl-lesson-progress::-moz-progress-bar { background: var(--good); }
.btl-lesson-unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
:is(.btl-lesson-bar, .btl-lesson-map) button, .btl-lesson-run {
  min-height: 2.5rem;
  padding: 0.3rem 0.8rem;
  border: 1px solid var(--line, light-dark(#d9d4cb, #45423f));
  border-radius: 5px;
  background: var(--raised, light-dark(#ffffff, #292725));
  color: var(--ink, light-dark(#201f1d, #eceae6));
  font: inherit;
  text-align: start;
  cursor: pointer;
}
:is(.btl-lesson-bar, .btl-lesson-map) button[aria-disabled="true"] { border-style: dashed; color: var(--quiet); cursor: default; }
.btl-lesson-bar .btl-lesson-onward { min-width: 9rem; border-color: var(--ink); background: var(--ink); color: var(--paper); font-weight: 600; text-align: center; }
@container lesson (max-width: 40rem) { .btl-lesson-bar .btl-lesson-onward { flex: 1; } }
.btl-lesson-bar .btl-lesson-onward[aria-disabled="true"] { background: var(--paper); }
.btl-lesson-bar .btl-lesson-arrow { min-width: 2.5rem; text-align: center; }
:is(.btl-lesson-bar, .btl-lesson-map) :focus-visible, .btl-lesson-run:focus-visible { outline: 3px solid var(--focus, #0b57d0); outline-offset: 2px; border-radius: 3px; }
.btl-lesson-run { margin: 0.25rem 0 0.5rem; align-self: flex-start; }

.btl-lesson-map {
  inset-block: 0;
  z-index: 6;
  width: min(24rem, 100%);
  padding: 0.75rem 1rem 2rem;
  border-inline-end: 1px solid var(--line);
  box-shadow: 2px 0 12px rgb(0 0 0 / 20%);
  overflow-y: auto;
}
.btl-lesson-head { justify-content: space-between; position: sticky; inset-block-start: -0.75rem; padding-block: 0.5rem; background: var(--paper); z-index: 1; }
.btl-lesson-heading { margin-block: 1.5rem 0.5rem; font-size: 1.1em; font-weight: 700; }
.btl-lesson-head .btl-lesson-heading { margin: 0; font-size: 1.25em; outline-offset: 2px; }
.btl-lesson-map p { margin: 0.25rem 0; }
.btl-lesson-map :is(input, textarea) { display: block; box-sizing: border-box; width: 100%; min-height: 2.5rem; padding: 0.3rem 0.6rem; border: 1px solid var(--quiet); border-radius: 5px; background: var(--raised); color: var(--ink); font: inherit; }
.btl-lesson-map button { margin-block: 0.4rem; }
.btl-lesson-path { margin: 0; padding: 0; list-style: none; }
.btl-lesson-path > li { position: relative; margin: 0; padding: 0 0 0.9rem 1.75rem; }
.btl-lesson-path > li::before {
  content: "" / "";
  position: absolute;
  inset: 0.75rem auto auto 0.1rem;
  z-index: 1;
  width: 0.9rem;
  height: 0.9rem;
  border: 2px solid var(--quiet);
  border-radius: 50%;
  background: var(--paper);
  font: 700 0.8rem / 0.9rem sans-serif;
  text-align: center;
}
.btl-lesson-path > li:not(:last-child)::after { content: "" / ""; position: absolute; inset: 1rem auto -0.75rem 0.6rem; border-inline-start: 2px solid var(--line); }
.btl-lesson-path > li[data-state="begun"]::before { background: linear-gradient(to right, var(--good) 50%, var(--paper) 50%); }
.btl-lesson-path > li[data-state="done"]::before { content: "✓" / ""; border-color: var(--good); background: var(--good); color: var(--paper); }
.btl-lesson-path > li[aria-current] > .btl-lesson-link:first-child { font-weight: 700; }
.btl-lesson-map .btl-lesson-link { display: block; margin: 0; padding-inline: 0.25rem; border: 0; background: none; text-decoration: underline; }
.btl-lesson-map .btl-lesson-count, .btl-lesson-map .btl-lesson-here { margin: 0; padding-inline: 0.25rem; color: var(--quiet); }
.btl-lesson-map details { padding-inline: 0.25rem; }
.btl-lesson-map summary { padding-block: 0.4rem; cursor: pointer; }
.btl-lesson-terms { max-height: 18rem; margin-block-start: 0.5rem; overflow-y: auto; }
`,""]),n.d(t,{},{A:l})},314(e){e.exports=function(e){var t=[];return t.toString=function(){return this.map(function(t){var n="",o=void 0!==t[5];return t[4]&&(n+="@supports (".concat(t[4],") {")),t[2]&&(n+="@media ".concat(t[2]," {")),o&&(n+="@layer".concat(t[5].length>0?" ".concat(t[5]):""," {")),n+=e(t),o&&(n+="}"),t[2]&&(n+="}"),t[4]&&(n+="}"),n}).join("")},t.i=function(e,n,o,r,s){"string"==typeof e&&(e=[[null,e,void 0]]);var l={};if(o)for(var a=0;a<this.length;a++){var i=this[a][0];null!=i&&(l[i]=!0)}for(var d=0;d<e.length;d++){var p=[].concat(e[d]);o&&l[p[0]]||(void 0!==s&&(void 0===p[5]||(p[1]="@layer".concat(p[5].length>0?" ".concat(p[5]):""," {").concat(p[1],"}")),p[5]=s),n&&(p[2]&&(p[1]="@media ".concat(p[2]," {").concat(p[1],"}")),p[2]=n),r&&(p[4]?(p[1]="@supports (".concat(p[4],") {").concat(p[1],"}"),p[4]=r):p[4]="".concat(r)),t.push(p))}},t}},601(e){e.exports=function(e){return e[1]}},72(e){var t=[];function n(e){for(var n=-1,o=0;o<t.length;o++)if(t[o].identifier===e){n=o;break}return n}function o(e,o){for(var r={},s=[],l=0;l<e.length;l++){var a=e[l],i=o.base?a[0]+o.base:a[0],d=r[i]||0,p="".concat(i," ").concat(d);r[i]=d+1;var b=n(p),c={css:a[1],media:a[2],sourceMap:a[3],supports:a[4],layer:a[5]};if(-1!==b)t[b].references++,t[b].updater(c);else{var u=function(e,t){var n=t.domAPI(t);return n.update(e),function(t){t?(t.css!==e.css||t.media!==e.media||t.sourceMap!==e.sourceMap||t.supports!==e.supports||t.layer!==e.layer)&&n.update(e=t):n.remove()}}(c,o);o.byIndex=l,t.splice(l,0,{identifier:p,updater:u,references:1})}s.push(p)}return s}e.exports=function(e,r){var s=o(e=e||[],r=r||{});return function(e){e=e||[];for(var l=0;l<s.length;l++){var a=n(s[l]);t[a].references--}for(var i=o(e,r),d=0;d<s.length;d++){var p=n(s[d]);0===t[p].references&&(t[p].updater(),t.splice(p,1))}s=i}}},659(e){var t={};e.exports=function(e,n){var o=function(e){if(void 0===t[e]){var n=document.querySelector(e);if(window.HTMLIFrameElement&&n instanceof window.HTMLIFrameElement)try{n=n.contentDocument.head}catch(e){n=null}t[e]=n}return t[e]}(e);if(!o)throw Error("Couldn't find a style target. This probably means that the value for the 'insert' parameter is invalid.");o.appendChild(n)}},540(e){e.exports=function(e){var t=document.createElement("style");return e.setAttributes(t,e.attributes),e.insert(t,e.options),t}},56(e,t,n){e.exports=function(e){var t=n.nc;t&&e.setAttribute("nonce",t)}},825(e){e.exports=function(e){if("u"<typeof document)return{update:function(){},remove:function(){}};var t=e.insertStyleElement(e);return{update:function(n){var o,r,s;o="",n.supports&&(o+="@supports (".concat(n.supports,") {")),n.media&&(o+="@media ".concat(n.media," {")),(r=void 0!==n.layer)&&(o+="@layer".concat(n.layer.length>0?" ".concat(n.layer):""," {")),o+=n.css,r&&(o+="}"),n.media&&(o+="}"),n.supports&&(o+="}"),(s=n.sourceMap)&&"u">typeof btoa&&(o+="\n/*# sourceMappingURL=data:application/json;base64,".concat(btoa(unescape(encodeURIComponent(JSON.stringify(s))))," */")),e.styleTagTransform(o,t,e.options)},remove:function(){var e;null===(e=t).parentNode||e.parentNode.removeChild(e)}}}},113(e){e.exports=function(e,t){if(t.styleSheet)t.styleSheet.cssText=e;else{for(;t.firstChild;)t.removeChild(t.firstChild);t.appendChild(document.createTextNode(e))}}},959(e,t,n){var o=n(72),r=n.n(o),s=n(825),l=n.n(s),a=n(659),i=n.n(a),d=n(56),p=n.n(d),b=n(540),c=n.n(b),u=n(113),m=n.n(u),h=n(646),f={};f.styleTagTransform=m(),f.setAttributes=p(),f.insert=i().bind(null,"head"),f.domAPI=l(),f.insertStyleElement=c(),r()(h.A,f),h.A&&h.A.locals&&h.A.locals}}]);