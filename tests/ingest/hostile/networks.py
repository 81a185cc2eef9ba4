"""Network files whose XML, counts and links are made up."""

from __future__ import annotations

from tests.ingest.hostile.case import Case, Reads, Refused, repeated, written
from tests.ingest.hostile.workbooks import LAUGHS

DTD = "document type"
X = b"x" * 1_000_000
GRAPH = "<graphml><graph>%s</graph></graphml>"
QUADRATIC = f'<!DOCTYPE graphml [<!ENTITY a "{"x" * 100_000}">]>'
PARAMETER = '<!DOCTYPE gexf [<!ENTITY % p SYSTEM "http://127.0.0.1:9/evil.dtd"> %p;]>'
EXTERNAL = '<!DOCTYPE gexf [<!ENTITY x SYSTEM "file:///etc/passwd">]>'

CASES = (
    Case("billion laughs", "laughs.graphml", written(f"<!DOCTYPE graphml [{LAUGHS}]>" + GRAPH % "&l9;"), Refused(DTD)),
    Case("a quadratic blow-up", "quadratic.graphml", written(QUADRATIC + GRAPH % ("&a;" * 10_000)), Refused(DTD)),
    Case("a foreign file", "external.gexf", written(EXTERNAL + '<gexf><node id="&x;"/></gexf>'), Refused(DTD)),
    Case("a foreign parameter", "parameter.gexf", written(PARAMETER + "<gexf/>"), Refused(DTD)),
    Case(
        "a document type from the web",
        "dtd.graphml",
        written('<!DOCTYPE graphml SYSTEM "http://127.0.0.1:9/x.dtd">' + GRAPH % '<node id="a"/>'),
        Refused(DTD),
    ),
    Case(
        "laughs in UTF-16",
        "wide.graphml",
        written(f"<!DOCTYPE graphml [{LAUGHS}]><graphml/>".encode("utf-16")),
        Refused(DTD),
    ),
    Case(
        "a million elements inside each other",
        "deep.graphml",
        written("<graphml>" + "<graph>" * 1_000_000),
        Refused("nested"),
    ),
    Case(
        "an attribute of 100 MB",
        "tag.gexf",
        repeated(b'<gexf><node id="', X, 100, b'"/></gexf>'),
        Refused("a tag of more"),
    ),
    Case(
        "a text of 100 MB",
        "text.graphml",
        repeated(b"<graphml><data>", X, 100, b"</data></graphml>"),
        Refused("a text of more"),
    ),
    Case(
        "a comment of 100 MB",
        "comment.gexf",
        repeated(b"<gexf><!--", X, 100, b"--></gexf>"),
        Refused("a tag of more|web page|kind"),
    ),
    Case("XML cut off", "cut.gexf", written('<gexf><nodes><node id="a"/>'), Refused("not well-formed")),
    Case(
        "links to nodes that are not there",
        "missing.gexf",
        written('<gexf><nodes><node id="a"/></nodes><edges><edge source="a" target="z"/></edges></gexf>'),
        Reads(1, errors=1),
    ),
    Case(
        "links to nodes that are not there, GraphML",
        "missing.graphml",
        written(GRAPH % '<node id="a"/><edge source="z" target="y"/>'),
        Reads(1, errors=1),
    ),
    Case(
        "weights that are no numbers",
        "weights.gexf",
        written(
            '<gexf><nodes><node id="a"/><node id="b"/></nodes><edges><edge source="a" target="b" weight="NaN"/>'
            '<edge source="b" target="a" weight="1e999"/></edges></gexf>'
        ),
        Reads(4, warnings=2),
    ),
    Case(
        "999,999,999 vertices announced", "many.net", written("*Vertices 999999999"), Refused("announces 999,999,999")
    ),
    Case(
        "a number of vertices of a million digits", "digits.net", written("*Vertices " + "9" * 1_000_000), Refused("")
    ),
    Case("a vertex that is not announced", "above.net", written("*Vertices 2\n*Edges\n1 9\n"), Reads(2, errors=1)),
    Case("a line of 100 MB", "line.net", repeated(b'*Vertices 1\n1 "', X, 100, b'"\n'), Refused("longer than")),
    Case("999,999,999 rows of a matrix announced", "many.dl", written("dl n=999999999\ndata:\n1"), Refused("no size")),
    Case(
        "a matrix of 150,000 × 150,000",
        "matrix.dl",
        written("dl n=150000 format=fullmatrix\ndata:\n1 0 1\n"),
        Refused(""),
    ),
    Case("lists inside each other", "deep.gml", written("graph [ " + "a [ " * 100_000), Refused("nested more than 50")),
    Case(
        "a quote that is never closed, 100 MB",
        "quote.gml",
        repeated(b'graph [ node [ id 1 label "', b"x" * 99 + b"\n", 1_000_000, b""),
        Refused(""),
    ),
)
