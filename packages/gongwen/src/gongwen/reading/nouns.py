"""名词短语: where the name of a counted thing begins and ends within some words.

Guarantees
1. Words in quotation marks and 《》 are never cut; a verb inside a noun (落实情况) cuts nothing.
2. The functions look at the words given and nothing else; their time is bounded by the length of those words.
"""

from __future__ import annotations

import re

from gongwen.reading.patterns import any_of
from gongwen.reading.tables import names, verbs


def _once(pattern: str) -> str:
    """A pattern that, once matched, is not tried another way: a word that may be read in two ways (提高到) costs nothing.

    Written with a look-ahead, since the possessive `++` gives wrong answers in early releases of Python 3.11, that of Debian 12 (3.11.2) among them.
    """
    return rf"(?=(?P<once>{pattern}))(?P=once)"


# Shorter than this nothing is taken for a noun.
SHORTEST = 2
_LONGEST_BARE = 20
_WHOLE = rf"[“‘《][^“”‘’《》]*[”’》]|{'|'.join(names.WHOLE_WORDS)}"
_VERBS = any_of(verbs.LEADING)
_LEADING = re.compile(
    rf"{_WHOLE}|{names.NOT_VERBS}(?<!不)(?P<verb>(?:{_VERBS})(?!{names.MEASURED})(?:了|出|到|的是)?|{verbs.PREPOSITIONS})|组织处理"
)
_STOP = re.compile(
    rf"{_WHOLE}|(?P<stop>{any_of(verbs.TRAILING)}|{verbs.SHORT_STOPS})|"
    rf"{names.NOT_VERBS}(?<!不)(?P<verb>{_VERBS})"
)
_ONLY_VERB = re.compile(_VERBS)
_VERB_BEFORE = re.compile(rf"(?:{_VERBS})$")
_FILLER_END = re.compile(_once(rf"(?:{any_of(verbs.FILLERS)}|{verbs.SHORT_FILLERS})+") + "$")
_LEAD_WORDS = re.compile("^" + _once(rf"(?:{'|'.join(names.LEAD_WORDS)})+"))
_ADVERB_LEAD = re.compile(
    "^"
    + _once(
        r"(?:共(?!管|享|建|同|青|产|用|治|识)|累计|先后|已|均|各类|各|新(?!能源|型|城|区|农|兴|媒体|闻|市民|材料|技术|业态|产品|业))+"
    )
    + "(?=.{2})"
)
_REST = re.compile(rf"(?:{'|'.join(names.REST)})(?:的)?")
_BARE_VERB = re.compile(
    rf"(?:{'|'.join(names.BARE_ADVERBS)})*"
    rf"(?:{any_of(verbs.LEADING + verbs.NOMINAL)}|{'|'.join(names.BARE_VERBS)})*(?:到位|了|的)?"
)
# 诉讼解决22份: a verb at the end, before it at most how it was done
_ENDS_IN_VERB = re.compile(rf"[\u4e00-\u9fff]{{0,4}}(?:{_VERBS})(?:到位|完毕|了)?")
_SHOULD = re.compile("^应(?=(?:整改|完成|办理|追缴|收缴|征收|退还).{2})")
_LAST_VERB = re.compile(rf"(?:{any_of(verbs.LEADING + verbs.NOMINAL)})+(?:了|至|到|为|成)?$")
_SENT = re.compile(
    rf"(?:{_VERBS}|安排|推荐|组织)(?P<who>[\u4e00-\u9fff]{{0,6}}(?:{'|'.join(names.PERSONS)}))(?=到|赴|在|下沉|进|前往|参加|参与)"
)
_HOLDER = re.compile(any_of(names.HOLDERS))
_DEFICIENT = re.compile("|".join(names.DEFICIENT))
_RATED = re.compile("(?:率|比例|浓度|得分|满意度)(?:[不偏较仅未].*)?$")
_NOUN_OF_VERB = re.compile(rf"[\u4e00-\u9fff]{{0,2}}(?:{'|'.join(names.NOUNS_OF_VERBS)})")
_NOUN_BEHIND = re.compile(rf"[\u4e00-\u9fff]{{2,8}}(?:{'|'.join(names.NOUNS_OF_VERBS)})")
_HEAD_NOUN = re.compile(rf"(?:{'|'.join(names.HEAD_NOUNS)})$")
# 停产整改3条: a state is no noun that later figures count
_NOMINAL_LEAD = re.compile(rf"(?:{any_of(verbs.NOMINAL)})(?=.{{3}})(?!.*(?:率|费|度)$)")
_FAILED = ("超期", "逾期", "滞后", "超标", "过期", "失管", "流失")
# 信访件办理超期11件: what failed stands behind the thing itself
_FAILING = re.compile(rf"(?:{any_of(verbs.NOMINAL)}|办理|办结|建设|拨付)?(?:{'|'.join(_FAILED)})$")
_STATE = re.compile("(?:正在|停产|逾期|尚未|限期)[^的]*(?:整改|推进|完成|办结|销号)$")
# 高标准农田建成18.6万亩: what was done stands behind the noun
_DONE = re.compile(
    "(?:已(?:全部)?)?(?:建成|完成|开工|投用|完工|竣工|发放|拨付|清理|整治|办结|整改|销号|解决)$"
)
# So far from the end fillers are looked for (较上年同期分别下降了约)
_LONGEST_FILLERS = 24
_LONG_NAME = 6
_LONG_CLAUSE = 4


def is_rest(words: str) -> bool:
    """其余、剩余: the figure counts the rest of what was counted before."""
    return bool(_REST.fullmatch(words))


def is_bare_verb(words: str) -> bool:
    """A verb phrase without a noun (已完成整改, 修订)."""
    return words not in names.ACTS_ALONE and len(words) <= _LONGEST_BARE and bool(_BARE_VERB.fullmatch(words))


def ends_in_verb(words: str) -> bool:
    """A short phrase that ends in a verb and names nothing itself (诉讼解决, 计划建设)."""
    return words not in names.ACTS_ALONE and bool(_ENDS_IN_VERB.fullmatch(words))


def holder_of(noun: str, clause: str) -> str:
    """Whose part fails or is rated: in 商铺消防通道被占, 指标达标率 the 商铺 and 指标 are counted; elsewhere the noun as it is."""
    fails = _DEFICIENT.search(clause)
    end = fails.start() if fails else len(noun) if _RATED.search(noun) else 0
    holder = max((match.end() for match in _HOLDER.finditer(noun, 0, end)), default=0)
    return noun[:holder] or noun


def holds(noun: str) -> bool:
    """Whether a noun names something that has parts and duties of its own (企业, 支部)."""
    return bool(_HOLDER.search(noun))


def lacks(clause: str) -> bool:
    """Whether a clause says that something fails."""
    return bool(_DEFICIENT.search(clause))


def begins_with_verb(flat: str, position: int) -> bool:
    """Whether a verb or preposition stands at a position."""
    match = _LEADING.match(flat, position)
    return bool(match and match["verb"])


def without_lead(words: str) -> str:
    """Words without the time words and adverbs they begin with."""
    return _LEAD_WORDS.sub("", words)


def head_of(noun: str) -> str:
    """The word that later figures count too: of a long name only its last noun, if that is one that is counted."""
    if _STATE.search(noun):
        return ""
    done = _DONE.search(noun)
    noun = noun[: done.start()] if done and done.start() >= SHORTEST else noun
    act = _NOMINAL_LEAD.match(noun)
    noun = noun[act.end() :] if act else noun
    match = _HEAD_NOUN.search(noun)
    return match.group() if match and len(noun) > _LONG_NAME else noun


def without_clause(noun: str) -> str:
    """A noun without a long clause that qualifies it: 长期占用资金的物业企业 → 物业企业."""
    clause, sign, rest = noun.rpartition("的")
    return rest if sign and len(clause) >= _LONG_CLAUSE and len(rest) >= SHORTEST else noun


def with_verb(before: str, noun: str) -> str:
    """A name of two characters says more with its verb (追缴资金), and who received a case is not what is counted (移送公安机关)."""
    start = before.rfind(noun)
    short = len(noun) == SHORTEST or noun.endswith(names.RECEIVERS)
    verb = _VERB_BEFORE.search(before, 0, start) if short and start > 0 else None
    return verb.group() + noun if verb else noun


def without_last_verb(words: str) -> str:
    """Between two figures the verb at the end says what the second counts: 26个社区|宣讲48场."""
    match = _LAST_VERB.search(words)
    return words[: match.start()] if match and match.start() >= SHORTEST else words


def person_sent(words: str) -> str:
    """选派年轻干部到信访一线锻炼: the people, not the place they went to; empty where nobody goes anywhere."""
    match = _SENT.search(words)
    return match["who"] if match else ""


def trimmed(words: str) -> str:
    """Words without leading time words and trailing fillers (共, 达, 分别为 …)."""
    filler = _FILLER_END.search(words, max(0, len(words) - _LONGEST_FILLERS))
    return _LEAD_WORDS.sub("", words[: filler.start()] if filler else words)


def last_noun(words: str) -> str:
    """The noun phrase at the end of some words: what follows the last verb, if that is a noun at all."""
    cut = 0
    failing = _FAILING.search(words) if words.endswith(_FAILED) else None
    words = words[: failing.start()] if failing and failing.start() >= SHORTEST else words
    for match in _LEADING.finditer(words):
        if match["verb"] and len(words) - match.end() >= SHORTEST:
            cut = match.end()
    noun = _SHOULD.sub("", words[cut:].lstrip("的了）"))
    noun = _ADVERB_LEAD.sub("", noun)
    return noun.rstrip("的了") or words


def cut_at_stop(words: str) -> str:
    """The noun phrase at the beginning of some words: up to the first verb or adverb; empty if there is none."""
    first = 3 if words.startswith("不") else 0
    for match in _STOP.finditer(words):
        if match.start() == 0 and match["stop"] in names.ATTRIBUTIVE and _NOUN_BEHIND.match(words):
            continue  # 长期整改任务
        if match["stop"] and match.start() == 0 and not first:
            return ""
        if (match["verb"] or match["stop"] in names.HALF_NOUNS) and _NOUN_OF_VERB.match(words, match.end()):
            continue
        if (match["stop"] and match.start() >= first) or (match["verb"] and match.start() >= SHORTEST):
            noun = words[: match.start()].rstrip("的")
            return "" if _ONLY_VERB.fullmatch(noun) else noun
    return words.rstrip("的")
