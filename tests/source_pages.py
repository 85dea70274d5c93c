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
    "post in blocks": """<body class="wp-site single"><header class="wp-block-template-part"><div class="wp-block-navigation menu"><a href=/>Home</a>
        <a href=/about>About</a></div></header><main class=wp-block-group><h1 class=wp-block-post-title>{headline}</h1><div class=wp-block-post-date>
        <time datetime=2022-05-03>May 3, 2022</time></div><div class="entry-content wp-block-post-content"><figure class=wp-block-image><img>
        <figcaption class=wp-element-caption>Posts under the pier, seen from a boat.</figcaption></figure>*</div>
        <div class="wp-block-latest-posts related"><h2>More from the coast</h2><p>The ferry was late again on Monday, and nobody could say why.</p></div>
        </main><footer class=wp-block-template-part><p>Proudly powered by a press of words, and by a handful of people.</p></footer>""",
    "letter by mail, with subscriptions": """<div class=main-menu><a href=/>The Lorne Letter</a> <a href=/s>Sign in</a></div><article class=post>
        <div class=post-header><h1 class="post-title published">{headline}</h1><div class=byline-wrapper><a href=/@ada>Ada Brandt</a></div>
        <div class=post-date>May 03, 2022</div></div><div class="available-content"><div class="body markup">*
        <div class="subscription-widget-wrap subscribe"><p>Thanks for reading the Letter! Subscribe for free to get new posts.</p></div></div></div>
        <div class=share><p>Share</p></div></article><section class=comments><p>Wonderful piece, I read it twice on the boat and once at home.</p></section>""",
    "story with a reading time": """<div><div><a href=/signin>Sign in</a><a href=/up>Sign up</a></div></div><article><section><h1 data-testid=storyTitle>{headline}</h1>
        <div><span><a href=/@ada>Ada Brandt</a></span><span>·</span><button>Follow</button></div><div class=date>3 min read · May 3, 2022</div>
        *</section></article><div class=recommended><h2>Recommended from the harbour</h2><div><h3>Ten knots that you will need</h3><p>A list that goes on and on and on for
        a long while yet, with pictures of each of them.</p></div></div>""",
    "advertisements between paragraphs": """<div id=header><ul class=nav><li><a href=/>News</a><li><a href=/sport>Sport</a></ul></div>
        <div class=article><h1 class=article-title>{headline}</h1><div class=article-meta><span class=author>By Ada Brandt</span></div>
        <div class=article-text>*</div></div><div id=footer><p>Any complaint about this paper may be sent to the editor, at the address below.</p></div>""",
    "standfirst and rich links": """<header><nav><a href=/>News</a><a href=/o>Opinion</a></nav></header><main><article><div data-gu-name=headline><h1>{headline}</h1></div>
        <div data-gu-name=meta><address aria-label="Contributor info"><a rel=author href=/ada>Ada Brandt</a></address><div class=dateline-time>Tue 3 May 2022 14.05 BST</div></div>
        <div id=maincontent>*<aside class=rich-link><p>Ferry late for the third time in a week, says its captain of forty years</p></aside></div>
        <div class="submeta tags"><ul><li><a href=/p>Piers</a></li></ul></div></article></main>
        <section class=most-viewed><ol><li><a href=/1>Dog finds ring on beach after eleven years in the sand</a></ol></section>""",
    "each paragraph in boxes of its own": """<div role=banner><nav><a href=/>Home</a></nav></div><main id=main-content><article><div data-component=headline-block class=sc-1>
        <h1 class=sc-2>{headline}</h1></div><div data-component=byline-block class=sc-3><time datetime=2022-05-03>1 day ago</time><div class=byline>Ada Brandt</div></div>
        <div data-component=image-block class=sc-4><figure><img><figcaption class=sc-5>The pier in April</figcaption></figure></div>*
        <div data-component=links-block class=related><ul><li><a href=/2>Fishers ask for a new ice house</a></li></ul></div>
        <div data-component=topic-list class=topics><a href=/t>Piers</a></div></article></main>""",
    "columns and a section called body": """<div id=app><div><header class=site-header><a href=/>Subscribe</a></header></div><main id=site-content><article id=story>
        <header><h1 data-testid=headline>{headline}</h1><div data-testid=photoviewer-wrapper><figure><figcaption><span>The pier at dawn.</span>
        <span class=credit>Credit...Ilo Merk for the Herald</span></figcaption></figure></div></header><section name=articleBody>*</section>
        <div class=bottom-of-article><aside><p>A version of this article appears in print, on page nine of the morning edition.</p></aside></div></article></main></div>""",
    "paragraphs that are no p": """<div class=header__wrapper><nav><a href=/>World</a></nav></div><section class=layout__main><h1 class=headline__text>{headline}</h1>
        <div class="byline">By Ada Brandt</div><div class="timestamp">Updated 2:05 PM, Tue May 3, 2022</div><div class=article__content>*</div></section>
        <div class="layout__bottom related"><p>Another long story stands here about a boat, a bell and a very old dog.</p></div>""",
    "agency with stories to go on with": """<bsp-header><nav><a href=/>World</a></nav></bsp-header><main class=Page-main><div class=Page-lead><h1 class=Page-headline>{headline}</h1>
        <div class=Page-byline><div class=Page-authors>By <span class=author-name>Ada Brandt</span></div><div class=Page-dateModified>Updated 2:05 PM, May 3, 2022</div></div></div>
        <div class="RichTextStoryBody RichTextBody">*<div class="HTMLModuleEnhancement newsletter"><p>Get the morning wire in your inbox each day at seven.</p></div></div>
        <div class="PageList related"><h2>Related stories</h2><p>Storm leaves two villages without power for the second night running.</p></div></main>""",
    "agency with its standards": """<div class=site-nav><nav><a href=/>World</a></nav></div><article data-testid=Article><div class=header><h1 data-testid=Heading>{headline}</h1>
        <div data-testid=AuthorByline class=byline>By Ada Brandt</div><time datetime=2022-05-03><span>May 3, 2022</span> <span>2:05 PM GMT+1</span></time></div>
        <div class=article-body__content>*</div><div class=sign-off><p class=disclaimer>Our Standards: the Principles of the Lorne Wire, in full and in nine languages.</p></div>
        <div data-testid=ContextWidget class=promo><p>Find out what others read today, in a letter that comes each morning.</p></div></article>""",
    "one box and breaks of lines": """<div class=topnav><a href=/>City</a><a href=/india>Nation</a></div><div class=main-content><h1 class=headline><span>{headline}</span></h1>
        <div class=byline><span>Herald News Network / May 3, 2022, 14:05 IST</span></div><div class=share-bar><a href=#>AA</a></div>
        <div class=story-content><div class=Normal>*</div></div></div><div class=trending><ul><li><a href=/k>Ten beaches to see before the rains</a></ul></div>""",
    "read also, in between": """<body class=single-post><div class=masthead><a href=/><h1 class=logo>The Lorne Punch</h1></a></div><div class=post-body><h1 class=post-title>{headline}</h1>
        <span class=post-author>By Ada Brandt</span><span class=post-date>3rd May 2022</span><div class=post-content>*<p class=read-more>READ ALSO: <a href=/z>Two held over stolen bell</a></p>
        </div><div class=copyright-notice><p>All rights reserved. This material may not be printed or sent on without leave of the publisher.</p></div></div>
        <div id=comments><p>God bless the harbour office, at last somebody there is doing the work.</p></div>""",
    "press page of a council": """<a class=skip-link href=#c>Skip to main content</a><div role=banner>Port Vorn Council</div><div class=breadcrumbs><a href=/>Home</a> &gt; <a href=/n>News</a></div>
        <main id=c><h1>{headline}</h1><dl class=metadata><dt>Published</dt><dd class=published-date>3 May 2022</dd></dl><div class=govspeak>*</div>
        <div class="share social"><h2>Share this page</h2><ul><li><a href=#>Boat</a></ul></div></main><div role=contentinfo><p>All content is available under a licence, except where it says otherwise.</p></div>""",
    "two columns by id": """<div id=wrapper><div id=banner><img alt=Herald></div><div id=left-col class=sidebar><b>Sections</b><br><a href=/a>Local</a><br><a href=/b>Fishing</a></div>
        <div id=middle-col><h1>{headline}</h1><div class=print-link><a href=/print>Print this story</a></div>*</div><div id=right-col class=sidebar><p><b>Poll</b> Should
        the pier be built again, or is a longer beach what the town needs more?</p></div></div>""",
    "two headings of the first rank": """<header class=page-header><h1><a href=/>Lorne Herald Online</a></h1></header><main><article class=content><header><p class=kicker><a href=/n>Harbour</a></p>
        <h1>{headline}</h1><p class=byline>by <a href=/ada>Ada Brandt</a></p></header>*</article></main>""",
    "an app's shell": """<head><title>{headline} - Lorne Herald</title><meta property=og:title content="{headline}"><script id=__DATA__ type=application/json>{{"props": ["Never read this"]}}</script>
        </head><div id=__next><div class=css-x1><div class=css-x2><a href=/>Home</a></div></div><div class=css-x3><div class=css-x4><h1 class=css-x5>{headline}</h1></div>
        <div class=css-x6>*</div></div></div><noscript>You need scripts to run this app.</noscript>""",
    "quick pages for phones": """<html amp><body><amp-sidebar id=menu class=menu><ul><li><a href=/>Home</a></ul></amp-sidebar><main><h1>{headline}</h1><p class=byline>By Ada Brandt</p>
        <amp-img src=p.jpg></amp-img><div class=article-body>*</div><amp-ad></amp-ad><div class="amp-related related"><p>Ferry late again, and this time it was the fog that was to blame.</p></div></main>""",
}


# How a paragraph is written, where that isn't <p>.
PARAGRAPHS = {
    "advertisements between paragraphs": "<p>{}</p><div class=ad-slot>Advertisement</div>",
    "each paragraph in boxes of its own": "<div data-component=text-block class=sc-7><div class=sc-8><p class=sc-9><span>{}</span></p></div></div>",
    "columns and a section called body": "<div class=StoryBodyCompanionColumn><div><p>{}</p></div></div>",
    "paragraphs that are no p": "<div class=paragraph>{}</div>",
    "agency with its standards": "<div data-testid=paragraph class=text__text>{}</div>",
    "one box and breaks of lines": "{}<br><br>",
    "an app's shell": "<div class=css-x7><span>{}</span></div>",
}


def page(shape, headline, body):
    before, after = PAGES[shape].format(headline=headline).replace("td_body", "div").split("*")
    paragraphs = "".join(PARAGRAPHS.get(shape, "<p>{}").format(text) for text in body)
    return f"<!doctype html><meta charset=utf-8>{before}{paragraphs}{after}".encode()
