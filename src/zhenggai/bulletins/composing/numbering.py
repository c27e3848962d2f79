"""层次序数: the numbers of headings and measures (GB/T 9704-2012, 7.3.3)."""

from zhenggai.bulletins.composing.naming import chinese

_MOST_IN_BRACKETS = 99


class Numbering:
    """Counts the headings of a document: 一、, below it （一）, below that 1. Each level begins anew below the one above."""

    def __init__(self) -> None:
        self._chapter = self._section = self._item = 0

    def chapter(self) -> str:
        """一、."""
        self._chapter, self._section, self._item = self._chapter + 1, 0, 0
        return f"{chinese(self._chapter)}、"

    def section(self) -> str:
        """（一）."""
        self._section, self._item = self._section + 1, 0
        return f"（{chinese(self._section)}）"

    def item(self) -> str:
        """1. of the section."""
        self._item += 1
        return f"{self._item}."

    def in_chapter(self, count: int) -> bool:
        """Whether so many more headings can be numbered （一） in this chapter; more than are usual take Arabic numbers."""
        return self._section + count <= _MOST_IN_BRACKETS


def enumerated(number: int) -> str:
    """一是, 二是 …."""
    return f"{chinese(number)}是"
