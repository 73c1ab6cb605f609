"""Nothing published twice, nothing lost, and no bytes but those that were approved."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from hashlib import sha256

from desk.prove.evidence import Evidence, Finding, Pack

SITE, WEBHOOK = "site", "webhook"


def check_publications(seen: Evidence) -> Iterator[Finding]:
    """Everything that is wrong with what the public and other systems got."""
    for pack in seen.packs.values():
        yield from _frozen(pack)
        yield from _read_back(pack)
    yield from _site(seen)
    yield from _receiver(seen)


def _frozen(pack: Pack) -> Iterator[Finding]:
    frozen = pack.told("publication.frozen")
    versions = Counter((e["data"]["statement"], e["data"]["version"]) for e in frozen)
    for (statement, version), times in versions.items():
        if times > 1:
            text = f"version {version} of {statement} was frozen {times} times"
            yield Finding(rule="published twice", code=pack.code, text=text)
    for entry in frozen:
        told = {(v["outlet"], v["language"], v["sha256"]) for v in entry["data"]["variants"]}
        if not told <= pack.approved.get(entry["data"]["digest"], set()):
            text = f"publication {entry['data']['publication']} was never approved"
            yield Finding(rule="not approved", code=pack.code, text=text)


def _read_back(pack: Pack) -> Iterator[Finding]:
    """What the office itself saw: a page may have been mended since by the reconciler."""
    for entry in pack.told("delivery.unlike"):
        if entry["data"]["finding"] == "different":
            text = f"{entry['data']['outlet']} showed other bytes when it was read back"
            yield Finding(rule="not approved", code=pack.code, text=text)


def _slugs(pack: Pack) -> dict[str, set[str]]:
    """The hashes that may stand on the site, by the slug of their page."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in pack.publications:
        if one["outlet"] == SITE:
            found[one["file"].split("/")[1]].add(one["sha256"])
    return found


def _site(seen: Evidence) -> Iterator[Finding]:
    owed = {slug: shas for pack in seen.packs.values() for slug, shas in _slugs(pack).items()}
    there: dict[str, set[str]] = defaultdict(set)
    for page in seen.pages:
        there[page.slug].add(page.sha256)
    for slug, shas in owed.items():
        if shas - there[slug]:
            yield Finding(rule="publication lost", code=slug, text="its page is not on the site")
    for slug, shas in there.items():
        if shas - owed.get(slug, set()):
            text = "the page on the site is not what was approved"
            yield Finding(rule="not approved", code=slug, text=text)


def _receiver(seen: Evidence) -> Iterator[Finding]:
    keys: dict[tuple[str, str, int], set[str]] = defaultdict(set)
    for call in seen.calls:
        body = call["body"]
        keys[(body["code"], body["statement"], body["version"])].add(call["key"])
        pack = seen.packs.get(body["code"])
        approved = {v for told in (pack.approved.values() if pack else ()) for v in told}
        for variant in body["variants"]:
            found = sha256(variant["content"].encode()).hexdigest()
            if (WEBHOOK, variant["language"], found) not in approved:
                text = "the receiver got bytes that were not approved"
                yield Finding(rule="not approved", code=body["code"], text=text)
    for (code, _, version), known in keys.items():
        if len(known) > 1:
            text = f"version {version} reached the receiver under {len(known)} keys"
            yield Finding(rule="published twice", code=code, text=text)
    yield from _unsent(seen, {code for code, _, _ in keys})


def _unsent(seen: Evidence, reached: set[str]) -> Iterator[Finding]:
    for code, pack in seen.packs.items():
        owed = any(one["outlet"] == WEBHOOK for one in pack.publications)
        if owed and code not in reached:
            yield Finding(rule="publication lost", code=code, text="the receiver never got it")
