"""The tables of the index. All of it is derived from the store and can be made again."""

from __future__ import annotations

from kb.identity.settings import fingerprint as identity
from kb.stories.settings import fingerprint as stories

VERSION = 14
"""Changes when the tables do, or the rules of identity and merging: what is derived by older
ones, the merged graph included, is made again at open."""


def version() -> str:
    """What derived data are made by: the version, the configuration of stories, and that of
    identity with its weights.
    """
    return f"{VERSION} {identity()} {stories()}"


TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE articles (
    id INTEGER PRIMARY KEY, slug TEXT NOT NULL, title TEXT, publisher TEXT,
    published TEXT, url TEXT, sort TEXT NOT NULL,
    commit_number INTEGER NOT NULL, fingerprint TEXT NOT NULL, profile TEXT
);
-- Not unique: while an article is replaced, its old and its new row stand side by side.
CREATE INDEX articles_by_slug ON articles (slug);
CREATE INDEX articles_by_date ON articles (sort, slug);

-- Names: a key is a normalised name within a class; root is the key it stands for. A name has
-- rows of its own for the fields that articles give for it and for what they mean by it; base
-- is the row of the name alone. uses says how often it is used, with those rows where it is a
-- base. referents are the rows among which a bare name is given a meaning, article by article.
CREATE TABLE names (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, parent INTEGER, root INTEGER NOT NULL,
    base INTEGER NOT NULL, uses INTEGER NOT NULL DEFAULT 0, referents TEXT
);
CREATE INDEX names_by_root ON names (root);
CREATE INDEX names_by_parent ON names (parent) WHERE parent IS NOT NULL;
CREATE INDEX names_by_base ON names (base);
-- Names that are in use, by what their variants have in common.
CREATE TABLE name_blocks (block TEXT, name INTEGER, PRIMARY KEY (block, name)) WITHOUT ROWID;
CREATE TABLE name_forms (
    name INTEGER, form TEXT, type TEXT, own INTEGER, n INTEGER NOT NULL,
    PRIMARY KEY (name, form, type, own)
) WITHOUT ROWID;
CREATE TABLE name_links (
    alias INTEGER, target INTEGER, n INTEGER NOT NULL, PRIMARY KEY (alias, target)
) WITHOUT ROWID;
CREATE INDEX name_links_by_target ON name_links (target);
CREATE TABLE local_entities (
    id INTEGER PRIMARY KEY, article INTEGER NOT NULL, local TEXT NOT NULL, name INTEGER,
    bare INTEGER NOT NULL, label TEXT NOT NULL, type TEXT NOT NULL, aliases TEXT NOT NULL,
    description TEXT, ordering TEXT NOT NULL, sense TEXT
);
CREATE INDEX local_entities_by_article ON local_entities (article);
CREATE INDEX local_entities_by_name ON local_entities (name, ordering);
CREATE INDEX local_entities_by_bare ON local_entities (bare, ordering);
CREATE INDEX local_entities_described ON local_entities (name, ordering)
    WHERE description IS NOT NULL;

CREATE TABLE entities (
    root INTEGER PRIMARY KEY, slug TEXT NOT NULL, base TEXT NOT NULL, founding TEXT NOT NULL,
    name TEXT NOT NULL, type TEXT NOT NULL, aliases TEXT NOT NULL, description TEXT,
    articles INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX entities_by_slug ON entities (slug);
CREATE INDEX entities_by_base ON entities (base, founding);
CREATE VIRTUAL TABLE entity_search USING fts5 (names, tokenize = 'unicode61 remove_diacritics 2');

CREATE TABLE entity_links (
    key TEXT, target TEXT, label TEXT NOT NULL, description TEXT, confidence REAL NOT NULL,
    status TEXT NOT NULL, method TEXT NOT NULL, endpoint TEXT NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY (key, target)
) WITHOUT ROWID;

CREATE TABLE claims (
    id INTEGER PRIMARY KEY, article INTEGER NOT NULL, local TEXT NOT NULL, event INTEGER,
    start INTEGER NOT NULL, grp TEXT NOT NULL, action TEXT NOT NULL, lemma TEXT NOT NULL,
    label TEXT NOT NULL, quote TEXT NOT NULL, earliest TEXT, latest TEXT, precision TEXT,
    polarity TEXT NOT NULL, factuality TEXT NOT NULL, source INTEGER,
    salience REAL NOT NULL, confidence REAL NOT NULL, position INTEGER NOT NULL,
    leads INTEGER NOT NULL, context TEXT NOT NULL
);
CREATE INDEX claims_by_article ON claims (article, grp);
CREATE INDEX claims_by_event ON claims (event);
-- Near-duplicates: hashes of shingles, keys of bands, and the groups of copies.
CREATE TABLE article_sketches (
    article INTEGER PRIMARY KEY, agency TEXT, shingles BLOB NOT NULL, keys BLOB NOT NULL
);
CREATE TABLE copy_keys (key INTEGER, article INTEGER, PRIMARY KEY (key, article)) WITHOUT ROWID;
CREATE TABLE article_copies (article INTEGER PRIMARY KEY, original INTEGER NOT NULL);
CREATE INDEX article_copies_by_original ON article_copies (original);

CREATE TABLE participants (
    claim INTEGER, n INTEGER, role TEXT NOT NULL, name INTEGER, words TEXT NOT NULL,
    fragment TEXT NOT NULL, PRIMARY KEY (claim, n)
) WITHOUT ROWID;
CREATE INDEX participants_by_name ON participants (name) WHERE name IS NOT NULL;
CREATE TABLE claim_keys (
    name INTEGER, grp TEXT, low INTEGER, claim INTEGER, PRIMARY KEY (name, grp, low, claim)
) WITHOUT ROWID;
CREATE INDEX claim_keys_by_claim ON claim_keys (claim);
-- The same by words that are names where an article is about them, whatever they name.
CREATE TABLE claim_words (
    word TEXT, grp TEXT, low INTEGER, claim INTEGER, PRIMARY KEY (word, grp, low, claim)
) WITHOUT ROWID;
CREATE INDEX claim_words_by_claim ON claim_words (claim);
-- Claims that are of one event, or are not, whatever else they say.
CREATE TABLE claim_links (
    claim INTEGER, other INTEGER, different INTEGER NOT NULL, PRIMARY KEY (claim, other)
) WITHOUT ROWID;

CREATE TABLE events (
    id INTEGER PRIMARY KEY, slug TEXT NOT NULL, base TEXT NOT NULL, founding TEXT NOT NULL,
    digest TEXT NOT NULL, label TEXT NOT NULL, action TEXT NOT NULL,
    earliest TEXT, latest TEXT, precision TEXT,
    undated INTEGER NOT NULL, sort TEXT NOT NULL, first TEXT, last TEXT, wide INTEGER NOT NULL,
    polarity TEXT NOT NULL, factuality TEXT NOT NULL, salience REAL NOT NULL,
    reports INTEGER NOT NULL, sources INTEGER NOT NULL, disputed TEXT NOT NULL,
    quote TEXT NOT NULL, participants TEXT NOT NULL,
    -- The first day of a report; and 1 where the event comes after it, 2 where long after it.
    known TEXT NOT NULL, ahead INTEGER
);
CREATE INDEX events_by_slug ON events (slug);
CREATE INDEX events_by_base ON events (base, founding);
CREATE INDEX events_by_date ON events (undated, sort, slug, salience, known, ahead);
CREATE INDEX events_by_action ON events (action, undated, sort, slug, salience);
CREATE INDEX events_known ON events (known);
CREATE INDEX events_ahead ON events (ahead, undated, sort, slug, known) WHERE ahead IS NOT NULL;
CREATE INDEX events_wide ON events (undated, sort, slug) WHERE wide;
CREATE TABLE event_entities (
    entity INTEGER, undated INTEGER, sort TEXT, slug TEXT, event INTEGER,
    PRIMARY KEY (entity, undated, sort, slug, event)
) WITHOUT ROWID;
CREATE INDEX event_entities_by_event ON event_entities (event);
-- What the addresses of events are made of by other days than the preferred one.
CREATE TABLE event_addresses (
    base TEXT, founding TEXT, event INTEGER, PRIMARY KEY (base, founding, event)
) WITHOUT ROWID;
CREATE INDEX event_addresses_by_event ON event_addresses (event);
CREATE VIRTUAL TABLE event_search USING fts5
    (label, quotes, tokenize = 'porter unicode61 remove_diacritics 2');

-- Decisions, as the curation graph has them; withdrawn is the id of the withdrawal. They are found
-- by the articles, names, claims and things that they are about.
CREATE TABLE decisions (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, author TEXT NOT NULL, at TEXT NOT NULL,
    withdrawn TEXT, withdrawer TEXT, withdrawn_at TEXT, triples TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX decisions_by_moment ON decisions (at, id);
CREATE INDEX decisions_by_author ON decisions (author, at, id);
CREATE INDEX decisions_by_withdrawal ON decisions (withdrawn);
CREATE INDEX decisions_by_undoing ON decisions (withdrawn_at);
CREATE INDEX decisions_by_withdrawer ON decisions (withdrawer, at, id);
CREATE TABLE decision_items (
    item TEXT, decision TEXT, PRIMARY KEY (item, decision)
) WITHOUT ROWID;
-- What decisions act on: how many of the claims and mentions that they name an article has, what
-- is said of the participants that they add, and the claims that they name.
CREATE TABLE decision_effects (
    decision TEXT, article INTEGER, n INTEGER NOT NULL, PRIMARY KEY (decision, article)
) WITHOUT ROWID;
CREATE INDEX decision_effects_by_article ON decision_effects (article);
CREATE TABLE curated_triples (article INTEGER NOT NULL, triple TEXT NOT NULL);
CREATE INDEX curated_triples_by_article ON curated_triples (article);
CREATE TABLE claim_targets (
    claim INTEGER PRIMARY KEY, item TEXT NOT NULL, title TEXT, titled TEXT
);
CREATE INDEX claim_targets_by_item ON claim_targets (item);

-- What people have decided about names, by key: the key that a name stands for (its own, where
-- it was set apart), and what its entity is called and is. The moments say which came last.
CREATE TABLE curated_names (
    key TEXT PRIMARY KEY, parent TEXT, label TEXT, labelled TEXT, type TEXT, typed TEXT
) WITHOUT ROWID;
CREATE INDEX curated_names_by_parent ON curated_names (parent) WHERE parent IS NOT NULL;

-- Stories. An article's own row stays while it is there; ord is its place in the fixed order of
-- articles, root the article that founded its story, terms its telling as it is compared.
CREATE TABLE story_articles (
    id INTEGER PRIMARY KEY, article INTEGER NOT NULL, slug TEXT NOT NULL, ord TEXT NOT NULL,
    day INTEGER, telling TEXT NOT NULL, terms TEXT NOT NULL, root INTEGER
);
CREATE INDEX story_articles_by_article ON story_articles (article);
CREATE INDEX story_articles_by_root ON story_articles (root, ord);
CREATE TABLE story_terms (
    term TEXT, ord TEXT, article INTEGER NOT NULL, weight REAL NOT NULL, PRIMARY KEY (term, ord)
) WITHOUT ROWID;
CREATE TABLE story_links (
    later INTEGER, earlier INTEGER, likeness REAL NOT NULL, PRIMARY KEY (later, earlier)
) WITHOUT ROWID;
CREATE INDEX story_links_by_earlier ON story_links (earlier);
CREATE TABLE story_claims (
    article INTEGER, claim INTEGER, weight REAL NOT NULL, event INTEGER,
    PRIMARY KEY (article, claim)
) WITHOUT ROWID;
CREATE TABLE stories (
    root INTEGER PRIMARY KEY, slug TEXT NOT NULL, base TEXT NOT NULL, founding TEXT NOT NULL,
    name TEXT NOT NULL, first TEXT, last TEXT, articles INTEGER NOT NULL, events INTEGER NOT NULL,
    main INTEGER NOT NULL, sort TEXT NOT NULL
);
CREATE INDEX stories_by_slug ON stories (slug);
CREATE INDEX stories_by_base ON stories (base, founding);
CREATE INDEX stories_by_date ON stories (sort, slug) WHERE slug <> '';
CREATE TABLE story_participants (
    story INTEGER, n INTEGER, entity INTEGER NOT NULL, PRIMARY KEY (story, n)
) WITHOUT ROWID;
CREATE INDEX story_participants_by_entity ON story_participants (entity);
CREATE TABLE story_events (
    event INTEGER PRIMARY KEY, story INTEGER NOT NULL, undated INTEGER NOT NULL,
    sort TEXT NOT NULL, slug TEXT NOT NULL, salience REAL NOT NULL, main INTEGER NOT NULL
);
CREATE INDEX story_events_by_story ON story_events (story, undated, sort, slug);
CREATE VIRTUAL TABLE story_search USING fts5
    (name, tokenize = 'porter unicode61 remove_diacritics 2');

-- Totals: how many events of salience >= level / 10, by kind of count.
CREATE TABLE totals (
    kind TEXT, a TEXT, b TEXT, level INTEGER, n INTEGER NOT NULL, PRIMARY KEY (kind, a, b, level)
) WITHOUT ROWID;
CREATE INDEX totals_by_rank ON totals (kind, level, n);
"""
