"""What a web page says of its article to search engines: in its head, and as JSON-LD (schema.org)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from kit.wording import one_line

NEWS = re.compile(r"(?:News|Reportage|Analysis|Opinion|Blog|LiveBlog|Review|Satirical|Scholarly)?(?:Article|Posting)")


def described(root: Any) -> dict[str, Any]:
    """What the page whose root this is says of its article: ``title``, ``author``, ``date``, ``site``, ``address``."""
    metas = {
        (e.get("property") or e.get("name") or "").lower(): one_line(e.get("content") or "") for e in root.iter("meta")
    }
    title = next(iter(root.xpath("//head/title//text()")), "")
    known: dict[str, Any] = {
        "title": metas.get("og:title")
        or metas.get("twitter:title")
        or re.split(r" [|–—-] (?=[^|–—]*\Z)", one_line(title))[0],
        "author": metas.get("author") or metas.get("article:author"),
        "date": metas.get("article:published_time") or metas.get("date"),
        "site": metas.get("og:site_name"),
        "address": next(iter(root.xpath("//link[@rel='canonical']/@href")), None) or metas.get("og:url"),
    }
    for news in _json_ld(root):
        authors = news.get("author")
        names = [
            a.get("name") if isinstance(a, dict) else a for a in (authors if isinstance(authors, list) else [authors])
        ]
        found = {
            "title": news.get("headline"),
            "author": ", ".join(name for name in names if isinstance(name, str)),
            "date": news.get("datePublished"),
        }
        known |= {key: one_line(value) for key, value in found.items() if isinstance(value, str) and value.strip()}
        break
    return {key: value for key, value in known.items() if value}


def _json_ld(root: Any) -> Iterator[dict[str, Any]]:
    """The articles among the page's descriptions of itself."""
    for script in root.xpath("//script[@type='application/ld+json']"):
        try:
            waiting = [json.loads(script.text or "")]
        except (ValueError, RecursionError):
            continue
        while waiting:
            here = waiting.pop()
            if isinstance(here, list):
                waiting += here
            elif isinstance(here, dict):
                kinds = here.get("@type")
                if any(
                    isinstance(k, str) and NEWS.fullmatch(k) for k in (kinds if isinstance(kinds, list) else [kinds])
                ):
                    yield here
                waiting += [here["@graph"]] if isinstance(here.get("@graph"), list) else []
