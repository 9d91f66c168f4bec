"""htmx as pages load it: without what no page of ours asks for (tests/house/test_assets.py)."""

from __future__ import annotations

# From the first words, which stand once in htmx.min.js, up to the second: replaced by the third.
UNUSED = (
    # Code in attributes: hx-on, js: values, conditions of triggers.
    ("#ve(e){", "#he(e){", ""),
    ("#ye(e){", "process(e,t){", ""),
    ("#ie(e){", "#ae(e){", ""),
    ("let o=this.#ie(n);", "i(e.parse(n))", ""),
    ("let l=this.#ie(e.request.action);", "if(i){let t=new URL", ""),
    (",this.#f=(new XPathEvaluator)", ",this.#o=", ""),
    ("let r=[e],i=this.#f.evaluate(e)", "for(let t of this.#j(e,this.#c))", ""),
    ("if(s){let t={};for(let e in r)", 'if("every"!==i)', ""),
    (
        'let o=this.#q(t,"hx-vals"',
        "if(o&&await o,e.values)",
        'this.#q(t,"hx-vals",t=>{for(let e in t)n.set(e,t[e])});',
    ),
    ("if(o&&await o,e.values)", "for(let t in e.values)", "if(e.values)"),
    ("#a=Function;", "#h={createHTML", ""),
    # hx-headers, hx-confirm, HX-Trigger, dialogs
    ("let a=this.#Z(t,e);if(a&&await a,", "Object.assign(e.request,{form", "if("),
    ("#Z(e,t){", "#K(e,t){", ""),
    ("if(e.confirm){if(!await", "if(this.#le(e),", ""),
    (",confirm:this.#E(", ",request:{validate:", ""),
    ("e.hx?.trigger&&", 'this.#L(t,"htmx:finally:request"', ""),
    ("#me(t,r){", "process(e,t){", ""),
    ('if("DIALOG"===', "if(i){let t=new URL", ""),
    # extensions
    ("registerExtension(e,t){", "#V(e){", ""),
    (",this.#o={HCON:e", "let t=()=>this.initialize()", ";"),
    ("this.#o.isSoftMatch", "(h,t)){", "this.#M"),
    ("#$(e,t,r={}){", "timeout(e){", "#$(){return 1}"),
    ("this.#$(e,t,r),this.trigger(e,", "this.#F(t),r,i)", "this.trigger(e,"),
    ('let e=this.#i.get("handle_swap")||', "throw new Error(`Unknown swap", ""),
    (",this.#s=this.config.extensions", "}#V(e){", ""),
    ("#i=new Map;", "_loc=window.location", ""),
    ("await(e.extensionPromise?.catch(", "clearTimeout(e.requestTimeout)", ""),
    # styles of indicators, which are ours
    ("this.#b(),this.#y(),", "this.#c=", "this.#b(),"),
    # hx-boost
    ('#Ee(e){let t=this.#E(e,"hx-boost")', "#U(e){", ""),
    ("for(let t of this.#j(e,this.#u))this.#Ee(t);", 'this.#L(e,"htmx:after:process")', ""),
    ("#D(e){return e?._htmx?.boosted}", "async#X(e)", ""),
    ("return this.#D(e)&&(i||=", "r||=t.submitter?.getAttribute?.(", "return "),
    ("t._htmx?.boosted&&", "l.target=this.#K(t,l.target)", ""),
    ('return this.#D(e)&&(t["HX-Boosted"]', "t}", "return "),
    (":this.#D(e)?document.body", ":e}async#X", ""),
    ('return this.#D(e.sourceElement)&&(i.show||="top"),', '{type:"main"', "return"),
    ("null==r&&null==i&&this.#D(t)&&", '"false"!==r&&!1!==r', ""),
    ('#u="a,form";', "#d=[", ""),
    # view transitions
    ("#_e(e,t){", "#Qe(e,t){", ""),
    ("t.swapSpec?.transition??a?.transition??", "l.push(this.#N(t))", ""),
    ("if(h.length>0){let t=async", "await Promise.all(l)", ""),
    ("transition:this.config.transitions,", "request:{validate:", ""),
    (",transition:e.transition&&", "}}async#N", "}"),
    ("transitions:!1,", "history:!0", ""),
    # hx-preserve
    ("#Te(e){", "#Ne(e){", ""),
    ("let c=this.#Te(s),u=", "[...s.childNodes];try", "let u="),
    ("this.#qe(c),", 'n&&!n.elt.matches(":focus")', ""),
    # triggers: throttle, every, outside
    ("t.delay?a=e=>{", "clearTimeout(t.timeout),", "t.delay&&(a=e=>{"),
    (":t.throttle&&(a=e=>", ",t.handler=r=>", ")"),
    ('if("every"===i){', 'if("load"!==i)', ""),
    # logs for those who write pages
    (
        "if(r.error){let i=`htmx: ${t}",
        "return e=this.#Ge(e)",
        "r.error&&console.error(`htmx: ${t}: ${r.error.message??r.error}`);",
    ),
    ("return i||console.warn(", "i}#ze(", "return "),
    # attributes under another prefix
    ('prefix:"data-hx-",', "history:!0", ""),
    ("let r=this.config.prefix;return e.getAttribute(t)??", "}#R(e,t)", "return e.getAttribute(t)"),
    (
        "let t=this.config.prefix;return!e.closest",
        "}#P(e,t)",
        'return!e.closest||null!=e.closest("[hx-ignore]")',
    ),
    ("let r=this.config.prefix&&t.replace", "}#S(e)", "return e.hasAttribute(t)?t:null"),
    ("let t=[e];return this.config.prefix&&", "}#j(e,t)", "return[e]"),
    # hx-disable, selectors of neighbours
    ('let t=e.sourceElement,r=this.#E(t,"hx-disable")', "}#ge(e)", ""),
    ('else if("next"===r||', 'else if("document"===r)', ""),
    ("#rt(e,t,r){", "#st(e,t){", ""),
    ('if(n.startsWith("global "))', "let a=n?e.split(n)", ""),
    ('else if(r.startsWith("find "))', 'else if("this"===r)', ""),
    # triggers: once, changed, consume and the like, load, intersect with what it may be told
    ("t=t.replace(/^\\s*every", "let[,r,i]=t.match(", ""),
    ("let[i,s]=this.#xe(t.name)", ",n=[e];", "let i=t.name"),
    ("#xe(e){", "process(e,t){", ""),
    ('"outside"===t.from?', "(n=this.#be(e,t.from))", "t.from&&"),
    ("let o=i=>{if((t.halt", ",a=o;", "let o=r"),
    (
        "t.handler=r=>{if(this.#re(r)",
        ',"intersect"===i||',
        "t.handler=r=>{this.#re(r)&&r.preventDefault();"
        "for(let t of this.#H(e).triggerSpecs)clearTimeout(t.timeout);a(r)}",
    ),
    (
        '"intersect"===i||"revealed"',
        "for(let e of n)t.observer.observe(e)",
        '"revealed"===i){t.observer=new IntersectionObserver(e=>{for(let r of e)'
        'if(r.isIntersecting){this.trigger(r.target,"intersect",{},!1),t.observer.disconnect();break}}),i="intersect";',
    ),
    ('if("load"!==i)', "for(let r of n){let s=", ""),
    ("else t.handler(new CustomEvent(", "}}process(e,t)", ""),
    # a way of swapping, elements that a request disables, listening by htmx
    ('else if("textContent"===o)', 'else if("outerHTML"===o)h&&', ""),
    (",e.disabledElements??=[]", ";try{if", ""),
    (",this.#ce(e)", ",e.fetch||=", ""),
    (",this.#ge(e.disabledElements)", "),i.continue(s)", ""),
    (",i.disabledElements=t.disabledElements", ",this.ajax(", ""),
    ("#ce(e){", "#C(e,t,r,i,s){", ""),
    ("onLoad(e){", "find(e,t){", ""),
    ("findAll(e,t){", "parseInterval(e){", ""),
)


def without_unused(script: str) -> str:
    """The script of htmx with everything in UNUSED cut out; ValueError when it is another htmx."""
    for start, end, instead in UNUSED:
        before, found, rest = script.partition(start)
        _, stop, after = rest.partition(end)
        if not (found and stop) or start in rest:
            message = f"htmx has changed around {start!r}: see app/htmx.py"
            raise ValueError(message)
        script = before + instead + end + after
    return script
