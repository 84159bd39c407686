"""Sound: syllables, the index, repairs by context, and that no repair makes danger."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.sound import community, generated, mishearings
from models.transcripts import Transcript, Word
from nlu.grammar import table
from nlu.sound import repair

FOLDINGS = ("zh-z", "ch-c", "sh-s", "n-l", "ang-an", "eng-en", "ing-in")
DANGER = table("collisions")["danger"]["words"]
INDEX = repair.vocabulary(community())


def test_syllables_have_no_tones_and_keep_what_is_no_chinese():
    assert repair.syllables("约3点A") == ("yue", "3", "dian", "A")
    assert repair.syllables("女儿") == ("nv", "er")
    assert repair.syllables("〇") == ("ling",)


def test_a_word_may_read_a_character_otherwise():
    assert repair.syllables("着火") == ("zhao", "huo")
    assert repair.syllables("看着") == ("kan", "zhe")


@pytest.mark.parametrize(
    ("folding", "one", "other"),
    [
        ("zh-z", "珍", "怎"),
        ("ch-c", "车", "测"),
        ("sh-s", "诗", "思"),
        ("n-l", "南", "蓝"),
        ("r-l", "热", "乐"),
        ("h-f", "花", "发"),
        ("hu-f", "湖", "服"),
        ("ang-an", "广", "管"),
        ("eng-en", "正", "真"),
        ("ing-in", "平", "拼"),
    ],
)
def test_a_regional_folding_makes_two_sounds_one(folding, one, other):
    assert repair.syllables(one) != repair.syllables(other)
    assert repair.syllables(one, (folding,)) == repair.syllables(other, (folding,))


def test_an_unknown_folding_is_named():
    with pytest.raises(ValueError, match="q-k"):
        repair.syllables("好", ("q-k",))
    assert set(FOLDINGS) <= set(repair.known_foldings())


def test_characters_win_over_sound():
    index = repair.Index({"haircut": ["理发"], "escort": ["陪诊"]}, FOLDINGS)
    exact, by_sound = index.find("理发和陪枕")
    assert (exact.key, exact.exact, exact.score, exact.span) == ("haircut", True, 1.0, (0, 2))
    assert (by_sound.key, by_sound.exact, by_sound.words, by_sound.span) == ("escort", False, "陪诊", (3, 5))
    assert 0.8 <= by_sound.score < 1


def test_a_word_of_one_character_is_found_by_itself_anywhere():
    index = repair.Index({"lamp": ["灯"], "street": ["路灯"]})
    assert [(hit.key, hit.span) for hit in index.find("路灯和灯")] == [("street", (0, 2)), ("lamp", (3, 4))]
    assert [hit.key for hit in index.find("灯")] == ["lamp"]


def test_what_the_question_waits_for_is_heard_more_easily():
    index = repair.Index({"haircut": ["理发"]})
    assert not index.find("你发")
    assert index.find("你发", expected={"haircut"})[0].key == "haircut"


def test_weights_make_a_key_harder_or_easier_to_hear():
    words = {"haircut": ["理发"]}
    assert not repair.Index(words, weights={"haircut": 0.5}).find("李发")
    assert repair.Index(words, weights={"haircut": 1.2}).find("你发")


@pytest.mark.parametrize(
    ("text", "danger", "heard"),
    [
        ("厨房找活了快点快点", "着火", True),
        ("门死活打不开", "失火", False),
        ("孩子找活干呢", "着火", False),
        ("快递运到了没有", "晕倒", False),
        ("老头子运到在厕所里叫不醒", "晕倒", True),
        ("门上的猫眼看不清", "冒烟", False),
        ("轮胎没气了", "煤气", False),
        ("屋里好大的没气味", "煤气", True),
        ("大家都挺好的", "打架", False),
        ("楼下两个人大家动手了快来", "打架", True),
    ],
)
def test_a_danger_by_sound_needs_its_context(text, danger, heard):
    assert bool(repair.Index({"danger": [danger]}, FOLDINGS).find(text)) is heard


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("我想约个李发", "我想约个理发"),
        ("取笑那个我不约了", "取消那个我不约了"),
        ("人家取笑我", "人家取笑我"),
        ("两家吵架请你们调节", "两家吵架请你们调解"),
        ("空调温度调节不了", "空调温度调节不了"),
        ("我有几分能换鸡蛋", "我有积分能换鸡蛋"),
        ("还有几分钟", "还有几分钟"),
        ("我老板腿脚不好", "我老伴腿脚不好"),
        ("开店的老板便宜了五块", "开店的老板便宜了五块"),
    ],
)
def test_measured_collisions_are_decided_by_context(heard, meant):
    assert repair.repair(heard, INDEX)[0] == meant


def test_a_repair_says_what_it_changed():
    text, (made,) = repair.repair("我想约个李发", INDEX)
    assert (made.heard, made.words, made.span, made.key) == ("李发", "理发", (4, 6), "service.haircut")
    assert text[slice(*made.span)] == made.words


def test_the_open_question_makes_a_bare_word_repairable():
    index = repair.Index({"bath": ["助浴"], "escort": ["陪诊"]}, FOLDINGS)
    assert repair.repair("煮鱼", index)[0] == "煮鱼"
    assert repair.repair("煮鱼", index, expected={"bath"})[0] == "助浴"


def test_the_recognizers_doubt_and_its_second_opinion_count():
    index = repair.Index({"escort": ["陪诊"]}, FOLDINGS)
    words = [Word("陪枕", 0.3, 0, 1), Word("呀", 0.9, 1, 2)]
    doubted = Transcript("陪枕呀", 0.5, words=tuple(words))
    certain = Transcript("陪枕呀", 0.99, words=(Word("陪枕", 0.99, 0, 1), words[1]))
    second = Transcript("陪枕呀", 0.99, words=certain.words, alternative="陪诊")
    assert repair.repair("陪枕呀", index, heard=doubted)[0] == "陪诊呀"
    assert repair.repair("陪枕呀", index, heard=certain)[0] == "陪枕呀"
    assert repair.repair("陪枕呀", index, heard=second)[0] == "陪诊呀"


def test_words_of_the_community_are_listened_for():
    lexicon = community()
    index = repair.vocabulary(lexicon)
    assert index is repair.vocabulary(lexicon)
    assert {hit.key for hit in index.find("菜鸟驿站找小李剃头")} == {"place.菜鸟驿站", "person.小李", "service.haircut"}


@pytest.mark.parametrize("text", ["我家找活了", "门口没气灶坏了想约修", "老人运到了帮忙约", "师傅来修冒眼", "我要失活"])
def test_no_repair_makes_a_word_of_danger(text):
    index = repair.Index({"danger": list(DANGER)}, FOLDINGS)
    repaired, made = repair.repair(text, index, expected={"danger"})
    assert (repaired, made) == (text, ())


def test_no_repair_makes_danger_with_its_neighbours():
    index = repair.Index({"word": ["晕"], "pair": ["到晕"]})
    assert repair.repair("道云倒", index, expected={"pair"})[0] == "道云倒"
    assert repair.repair("道云了", index, expected={"pair"})[0] == "到晕了"


_SPOKEN = st.lists(
    st.sampled_from([heard for _, _, heard, _ in mishearings()])
    | st.text(alphabet="找活死运到没气冒眼火倒大家修约了", max_size=12),
    max_size=8,
).map("".join)


@given(_SPOKEN | st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_a_repair_keeps_the_length_and_makes_no_danger(text):
    repaired, made = repair.repair(text, INDEX)
    assert len(repaired) == len(text)
    assert [word for word in DANGER if word in repaired and word not in text] == []
    untouched = [i for i in range(len(text)) if not any(start <= i < end for start, end in (m.span for m in made))]
    assert all(repaired[i] == text[i] for i in untouched)


@given(st.text(max_size=60), st.sampled_from(["理发", "菜鸟驿站", "取消"]))
@settings(max_examples=100, deadline=None)
def test_what_is_written_rightly_is_found_and_never_changed(text, words):
    said = f"{text}。{words}。"
    hits = INDEX.find(said)
    assert any(hit.words == words and hit.exact for hit in hits)
    assert repair.repair(said, INDEX)[0].endswith(f"。{words}。")


def _share(aside, kinds):
    results = [
        repair.repair(heard, INDEX)[0] == meant
        for name, kept, heard, meant in mishearings()
        if kept == aside and (name == "ordinary") == kinds
    ]
    return sum(results) / len(results)


@pytest.mark.parametrize("aside", [True, False])
def test_the_sentences_meet_the_aims(aside):
    assert _share(aside, kinds=False) >= 0.85
    assert _share(aside, kinds=True) >= 0.98


def test_any_word_with_one_character_misheard_is_mostly_repaired():
    right = [repair.repair(heard, INDEX)[0] == meant for heard, meant in generated()]
    assert len(right) > 500
    assert sum(right) / len(right) >= 0.85


def test_right_readings_stay_as_they_are():
    changed = [meant for _, _, _, meant in mishearings() if repair.repair(meant, INDEX)[0] != meant]
    assert changed == []


def test_there_are_enough_sentences():
    kinds = [name == "ordinary" for name, _, _, _ in mishearings()]
    assert kinds.count(False) >= 200
    assert kinds.count(True) >= 60
