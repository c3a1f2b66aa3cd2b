"""Under which file names records have their pages."""

_DEVICES = {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))}


def page_address(identifier: str) -> str:
    """Return the file name of a record's page; no identifier begins with an underscore.

    >>> page_address("goyang"), page_address("index")
    ('goyang.html', '_index.html')
    """
    taken = identifier == "index" or identifier.lower() in _DEVICES
    return f"{'_' if taken else ''}{identifier}.html"
