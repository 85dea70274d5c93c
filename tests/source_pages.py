"""Web pages after the shapes of real sites, with invented places and people. A star stands where the article's body goes.

Each is built otherwise: with and without <article>, in tables, in nested boxes, with broken tags, as a live blog.
"""

PAGES = {
    "agency, all in divs": """<div id=top-menu class=navbar><a href=/>Home</a> <a href=/w>World</a></div>
        <div class="story"><div class="headline-box"><h1>{headline}</h1></div>
        <div class="byline">By Ada Brandt</div><div class="timestamp">3 May 2022 at 14:05</div>
        <div class="story-body">*</div><div class="share-tools"><a href=#>Share on Boat</a></div></div>
        <div class="related-stories"><h3>Related</h3><p><a href=/1>Ferry late for the third time in a week, says captain</a></p></div>
        <div class="page-footer">Terms of use and a long line of other words that nobody reads at all, ever.</div>""",
    "broadcaster, with pictures": """<header role=banner><nav aria-label=Main><ul><li><a href=/>Home</a></ul></nav></header><main><article>
        <header><h1 id=main-heading>{headline}</h1><p><time datetime=2022-05-03>3 May 2022</time></p></header>
        <figure><img alt="A pier"><span class="credit">Ilo Merk/Herald</span>
        <figcaption><span class=visually-hidden>Image caption, </span>The pier on Tuesday, before it was shut.</figcaption></figure>
        *<section data-component="tag-list" class=tags><h2>Related topics</h2><ul><li><a href=/p>Piers</a></ul></section></article>
        <aside><h2>Top stories</h2><p>A long teaser of another story that is in the margin and has many words of its own.</p></aside></main>""",
    "paper, title only in its data": """<head><title>{headline} | The Lorne Herald</title>
        <script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{headline}", "datePublished": "2022-05-03",
        "author": [{{"@type": "Person", "name": "Ada Brandt"}}]}}</script></head><body><div class=masthead><h1>The Lorne Herald</h1></div>
        <div class=content><div itemprop=articleBody>*</div></div>""",
    "old page in tables": """<table width=100%><tr><td bgcolor=#ccc><a href=/>Home</a><br><a href=/n>News</a><br><a href=/s>Sport</a></td>
        <td><font size=5><h1>{headline}</h1></font><td_body>*</td_body></td></tr></table>""",
    "comments longer than the article": """<article><h1>{headline}</h1>*</article><section id=comments>
        <p>I have fished there for fifty years and nobody has ever asked me what I think of the pier or the harbour office.</p>
        <p>You should see the one in Lune, it is worse by far, and they have no plan, no money and no mayor at all to blame.</p>
        </section>""",
    "cookie banner and newsletter": """<div id=onetrust-banner class=cookie-banner><p>We use cookies and other means to show you what you like,
        to count visits and to pay for our work, and so do our 812 partners.</p></div><main><h1>{headline}</h1><div class=author>
        <a href=/ada>Ada Brandt</a></div>*<div class="newsletter-signup"><h3>The morning boat</h3><p>All the news of the harbour, each day at
        seven, in your inbox.</p></div></main>""",
    "misleading names": """<body class="has-sidebar nav-open"><form id=aspnet action=/><div class="content with-sidebar paywall">
        <div class=entry-header><h1>{headline}</h1><div class=entry-meta><span class=posted-on>May 3, 2022</span> by
        <span class="author vcard"><a href=/ada>Ada Brandt</a></span></div></div><div class="entry-content share-wrapper">*
        <p><strong>READ MORE: <a href=/y>Ferry late again as fog comes in over the bay</a></strong></p></div></div>
        <div class=jp-relatedposts><p>Another story begins like this, with a sentence that has words enough to be one.</p></div></form>""",
    "scripts and hidden text": """<h1>{headline}</h1><script>document.write("<p>Never read this</p>")</script><div style="display: none">
        <p>A hidden paragraph that no reader has ever seen, with a number of words in it.</p></div><noscript>Turn on scripts.</noscript>*""",
}


def page(shape, headline, body):
    before, after = PAGES[shape].format(headline=headline).replace("td_body", "div").split("*")
    return f"<!doctype html><meta charset=utf-8>{before}{''.join(f'<p>{text}' for text in body)}{after}".encode()
