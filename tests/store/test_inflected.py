"""Inflected names of persons are found where first and last name stand together; words that look alike are not."""

from __future__ import annotations

import pytest

from graphsvc.store.inflected import Inflected


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Matti Virtanen", "Virtasen Matti kertoi"),
        ("Matti Virtanen", "Annettiin Matti Virtaselle."),
        ("Matti Virtanen", "MATIN JA VIRTASEN ehdotus"),
        ("Matti Virtanen", "Virtanen, Matti"),
        ("Matti Virtanen", "Matti K. Virtasta ei tavoitettu"),
        ("Matti Virtanen", "Matillekin Virtaselle"),
        ("Matti Juhani Virtanen", "Matille Virtaselta"),
        ("Maija Mäki", "Maija Mäen mukaan"),
        ("Pekka Lahti", "Pekan Lahden kanssa"),
        ("Anna Korpi", "Korven Annalle"),
        ("Hannes Salo", "Hanneksen Salon"),
        ("Aino Ranta", "Ainon Rannan"),
        ("Liisa Niemi", "Liisan Niemelle"),
        ("Eero Susi", "Eeron Suden"),
        ("Karin Berg", "Karins Bergs anteckning"),
        ("Karin Berg", "Karinille Bergille"),
    ],
)
def test_forms_of_a_name(name: str, text: str) -> None:
    assert Inflected(name).found_in(text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Matti Virtanen", "Matti ja virtaus"),
        ("Matti Virtanen", "Mattila ja Virtala"),
        ("Matti Virtanen", "Virtasen tila Kurussa. Päätös tehtiin. Matti oli poissa."),
        ("Matti Virtanen", "Matkat Virtain kaupunkiin"),
        ("Matti Virtanen", "Matti Virtanenen"),
        ("Kari Kivi", "Karin kivijalka"),
        ("Pekka Lahti", "Lahden kaupunki ja Pekkala"),
        ("Anna Salo", "Salon kaupunki antaa annoksen"),
        ("Virtanen", "Virtasen Matti"),
    ],
)
def test_words_that_merely_look_alike(name: str, text: str) -> None:
    assert Inflected(name).found_in(text) == ""
