"""What the docs say is shown by a test is shown by one that is there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_test_that_the_docs_name_is_there():
    named = {
        path
        for page in (*ROOT.glob("docs/*.md"), ROOT / "CONTRIBUTING.md", ROOT / "ARCHITECTURE.md")
        for path in re.findall(r"tests/[\w/]+\.py", page.read_text(encoding="utf-8"))
    }
    assert len(named) > 20
    assert [path for path in sorted(named) if not (ROOT / path).is_file()] == []
