"""Print who in a place has most partners: python examples/partners.py ADDRESS PLACE [KEY]."""

import sys
from itertools import islice

from graphsvc.client import Client, NotFound


def main(address: str, place: str, key: str | None = None) -> None:
    """Print the ten of them, and with whom each works most."""
    with Client(address, key) as graph:
        try:
            print(graph.get_place(place).name)
        except NotFound as problem:
            sys.exit(problem.detail)
        for actor in islice(graph.list_actors(place=place, sort="-partners,name"), 10):
            partners = graph.get_actor(actor.id).partners
            most = f"most with {partners[0].actor.name}" if partners else "with nobody yet"
            print(f"{actor.name}\t{len(partners)} partners\t{most}")


if __name__ == "__main__":
    main(*sys.argv[1:])
