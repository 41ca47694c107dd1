"""The words over the columns of a list of medicines, and of one of interactions, as pharmacy
programs, wholesalers and pharmacists write them."""

FIELDS = {
    "brand": """
    brand, brand name, brandname, product, product name, productname, item, item name, itemname,
    item description, product description, medicine, medicine name, drug, drug name, name, name of medicine,
    name of drug, name of product, name of item, particulars, description, trade name, दवा, दवाई, दवा का नाम
    """,
    "generic": """
    generic, generic name, genericname, salt, salt name, molecule, molecule name, active ingredient, api,
    chemical name, जेनेरिक, जेनेरिक नाम
    """,
    "composition": """
    composition, salt composition, compositions, content, contents, ingredients, active ingredients,
    salt content, short composition, short composition 1, formula, संरचना
    """,
    "strength": "strength, dose, dosage strength, potency, power",
    "form": "form, dosage form, type of form, product form, unit type, category form",
    "pack": """
    pack, packs, packing, pack size, packsize, pack of, packaging, package, unit size, unitsize, pkg,
    pkt size,    units per pack, tablets per strip, tabs per strip, pack size label, conversion, पैक
    """,
    "price": """
    mrp, m r p, mrp rs, mrp inr, price, price rs, sale price, saleprice, selling price, sell price, sale rate,
    s rate, retail price, unit mrp, mrp per pack, mrp strip, max retail price, maximum retail price, दाम,
    मूल्य, कीमत, एमआरपी
    """,
    "cost": """
    cost, cost price, costprice, cp, purchase price, purchase rate, p rate, prate, purchase cost,
    landing cost,    landed cost, buying price, net rate, ptr, pts, purchaseprice, खरीद मूल्य, खरीद दाम
    """,
    "stock": """
    stock, stock qty, stock quantity, qty, quantity, qty in hand, quantity in hand, on hand, in hand,
    closing stock, closing qty, closing, current stock, current qty, available, available qty, balance,
    balance qty, bal qty, stock in hand, tablets in stock, stock pieces, stock tablets, स्टॉक, मात्रा
    """,
    "stock_packs": """
    stock strips, stock packs, stock boxes, strips, strips in stock, packs in stock, qty strips, qty packs,
    closing strips, no of strips
    """,
    "schedule": "schedule, sch, drug schedule, schedule type, schedule category, sched, शेड्यूल",
    "manufacturer": """
    manufacturer, manufacturer name, mfg, mfr, mfd by, manufactured by, company, company name, make,
    marketed by,    mkt by, mfg company, निर्माता, कंपनी
    """,
    "kind": "is generic, generic or brand, generic brand, brand or generic, type, product type",
    "batch": "batch, batch no, batch number, lot, lot no, expiry, exp, exp date, expiry date, बैच",
}
INTERACTION_FIELDS = {
    "one": """
    ingredient, ingredient 1, ingredient one, ingredient a, first ingredient, drug, drug 1, drug a, drug one,
    medicine, medicine 1, medicine a, substance 1, molecule 1, salt 1, one, first, दवा 1, पहली दवा
    """,
    "other": """
    ingredient 2, ingredient two, ingredient b, second ingredient, other ingredient, drug 2, drug b, drug two,
    medicine 2, medicine b, interacts with, interacting drug, substance 2, molecule 2, salt 2, with, other,
    second, दवा 2, दूसरी दवा
    """,
    "severity": "severity, level, risk, interaction level, grade, गंभीरता",
    "advice": """
    advice, what to do, management, description, effect, interaction, recommendation, remarks, note, notes,
    सलाह
    """,
}


def _by_word(fields: dict[str, str]) -> dict[str, str]:
    return {" ".join(words.split()): field for field, listed in fields.items() for words in listed.split(",")}


FIELD_OF = _by_word(FIELDS)
INTERACTION_FIELD_OF = _by_word(INTERACTION_FIELDS)
