"""Whether somebody tells of something a medicine may have done to them, in their own words."""

import re

from messaging.words import plain

_SYMPTOMS = """
    rash, rashes, itching, itchy, itch, dizzy, dizziness, giddy, giddiness, nausea, nauseous, vomiting,
    vomit, vomited, headache, headaches, acidity, heartburn, gas, loose motion, loose motions,
    diarrhoea, diarrhea, constipation, cramps, weakness, weak, drowsy, drowsiness, sleepy, palpitation,
    palpitations, sweating, trembling, shivering, swelling, swollen, numbness, tingling, blurred vision,
    burning, stomach pain, stomach ache, stomach upset, body pain, no sleep, cant sleep, cannot sleep,
    unwell, khujli, khujali, dane, daane, sujan, soojan, chakkar, ulti, ultiyan, ji machal, ji michla,
    sir dard, sar dard, pet dard, pet mein dard, pet me dard, dast, kabz, kamzori, kamjori, ghabrahat,
    pasina, neend nahi, jalan, tabiyat kharab, खुजली, दाने, सूजन, चक्कर, उल्टी, उल्टियां, उलटी, जी
    मिचला, सिर दर्द, सिरदर्द, सिर में दर्द, पेट दर्द, पेट में दर्द, दस्त, कब्ज, कमजोरी, घबराहट, पसीना,
    नींद नहीं, जलन, तबीयत खराब
"""
# A medicine did it, or it came with one.
_BECAUSE = """
    gave me, giving me, gives me, given me, causing, caused, causes, cause, because of, due to, after
    taking, after eating, after having, after this, after that, since taking, since i started, since i
    take, since i took, when i take, whenever i take, from this, from that, from the medicine, from
    your, from the tablet, makes me, made me, dawai se, dawa se, dawaii se, goli se, tablet se, medicine
    se, capsule se, isse, is se, khane se, lene se, khane ke baad, lene ke baad, dawai ke baad, tablet
    ke baad, goli ke baad, jab se, khate hi, दवाई से, दवा से, गोली से, इससे, खाने से, लेने से, खाने के
    बाद, लेने के बाद, दवाई के बाद, जब से, खाते ही
"""
# They have it now.
_NOW = """
    i have, i am having, i had, i feel, i am feeling, feeling, having, i got, i am getting, getting, i
    get, i am, im, my, ho raha, ho rahi, ho rahe, ho rha, ho rhi, ho gaya, ho gayi, ho gaye, ho jata, ho
    jati, ho jate, hota, hoti, hote, aa raha, aa rahi, aa rahe, aa rha, aa rhi, aata, aati, aate, ata,
    ati, ate, lag raha, lag rahi, lagta, lagti, हो रहा, हो रही, हो रहे, हो गया, हो गई, हो गए, हो जाता,
    हो जाती, होता, होती, होते, आ रहा, आ रही, आ रहे, आता, आती, आते, लग रहा, लग रही, लगता, लगती
"""
# They want something for it.
_WISHED_FOR = """
    for, ki dawai, ki dawa, ki goli, ki tablet, ki cream, ka syrup, ka cream, ke liye, chahiye, chaiye,
    milega, milegi, hai kya, do you have, price, stock, available, kitne, kitna, bhej, send, give, की
    दवाई, की दवा, की गोली, की क्रीम, के लिए, चाहिए, मिलेगा, मिलेगी, है क्या
"""


def side_effect(text: str) -> bool:
    """Whether it tells of a symptom they have now or since a medicine; a wish for something against one is
    none ("khujli ki cream hai kya")."""
    words = plain(text)
    if not _HAS_SYMPTOM.search(words):
        return False
    return bool(_HAS_CAUSE.search(words)) or bool(_HAS_NOW.search(words) and not _HAS_WISH.search(words))


def _any(phrases: str) -> re.Pattern[str]:
    each = (plain(phrase) for phrase in phrases.split(","))
    return re.compile(rf"(?:^| )(?:{'|'.join(map(re.escape, each))})(?= |$)")


_HAS_SYMPTOM, _HAS_CAUSE, _HAS_NOW, _HAS_WISH = map(_any, (_SYMPTOMS, _BECAUSE, _NOW, _WISHED_FOR))
