"""The people of the sample pharmacy: everybody and every number here is made up."""

from dataclasses import dataclass
from decimal import Decimal

PHARMACY = "Neem Tree Pharmacy"
SENDER = "+912532500001"

SETTINGS = {
    # Whoever tries it out sees messages go at any hour.
    "quiet_hours": "off",
    "daily_limit": "1000",
    "opening_hours": "Monday to Saturday 9 am to 9 pm, Sunday 9 am to 2 pm",
    "address": "4 Clock Tower Lane, Nashik 422001",
    "materials_text": "medicines at fair prices, a reminder before they run out and home delivery in Nashik",
}


@dataclass(frozen=True)
class Colleague:
    """Somebody who works here; `calls` are the contacts they call in a day."""

    code: str
    name: str
    phone: str
    role: str
    manager: str = ""
    is_pharmacist: bool = False
    calls: int = 5


STAFF = (
    Colleague("STAFF001", "Kavita Deshpande", "+919820000001", "ceo"),
    Colleague("STAFF002", "Meera Iyer", "+919820000002", "manager", "STAFF001"),
    Colleague("STAFF003", "Arjun Patil", "+919820000003", "sales_manager", "STAFF002"),
    Colleague("STAFF004", "Bob D'Souza", "+919820000004", "support", "STAFF003", is_pharmacist=True),
)


@dataclass(frozen=True)
class Bought:
    """One medicine for so many days, bought so many days ago."""

    medicine: str
    quantity: int
    price: Decimal
    days: int
    ago: int


@dataclass(frozen=True)
class Regular:
    """A customer with what was bought; two of them may share a phone."""

    name: str
    phone: str
    bought: tuple[Bought, ...]
    age: int = 0
    conditions: str = ""


SUNITA, GEORGE, LATA = "+919820000101", "+919820000103", "+919820000104"

CUSTOMERS = (
    # Three days left: reminded today.
    Regular(
        "Sunita Rane", SUNITA, (Bought("Metformin 500", 60, Decimal("2.50"), 30, 27),), 54, "Type 2 diabetes"
    ),
    # In the due list of the week.
    Regular("Imran Shaikh", "+919820000102", (Bought("Telma 40", 30, Decimal("8.20"), 30, 25),), 61),
    # Ran out two days ago: asked once more today.
    Regular("George Fernandes", GEORGE, (Bought("Atorvastatin 10", 30, Decimal("11"), 30, 32),), 58),
    # Two people, one phone: what runs out together is one message, in two days.
    Regular("Lata Kulkarni", LATA, (Bought("Thyroxine 50 mcg", 30, Decimal("1.80"), 30, 25),), 47),
    Regular("Suresh Kulkarni", LATA, (Bought("Amlodipine 5", 30, Decimal("3.10"), 30, 25),), 52),
    # A short course gets no reminder, a quarter's supply has time.
    Regular(
        "Pooja Nair",
        "+919820000105",
        (
            Bought("Azithromycin 500", 3, Decimal("23.50"), 3, 10),
            Bought("Montelukast 10", 90, Decimal("9"), 90, 10),
        ),
        33,
    ),
)

# The shelf: a brand, what is in it, price and cost of a pack, the pack, pieces in stock, schedule.
CATALOGUE_FIELDS = ("brand", "generic", "composition", "price", "cost", "pack", "stock", "schedule")
CATALOGUE = (
    ("", "Metformin 500", "Metformin 500mg", "25", "16", "10's", "400", "H"),
    ("Glycomet 500", "Metformin 500", "Metformin 500mg", "41", "33", "10's", "90", "H"),
    ("Telma 40", "Telmisartan 40", "Telmisartan 40mg", "123", "96", "15's", "60", "H"),
    ("", "Telmisartan 40", "Telmisartan 40mg", "42", "24", "10's", "300", "H"),
    ("", "Atorvastatin 10", "Atorvastatin 10mg", "110", "78", "10's", "150", "H"),
    ("", "Amlodipine 5", "Amlodipine 5mg", "31", "18", "10's", "220", "H"),
    ("", "Thyroxine 50 mcg", "Thyroxine 50mcg", "54", "41", "30's", "30", "H"),
    ("", "Montelukast 10", "Montelukast 10mg", "90", "62", "10's", "110", "H"),
    ("", "Azithromycin 500", "Azithromycin 500mg", "70.50", "48", "3's", "18", "H1"),
)

ANITA = "+919820001111"
HEADER = ("Sr", "Customer Name", "Mobile No.", "Area", "Remarks")
# As such sheets come: many spellings, one person twice, one number too short, one missing, a blank line.
CONTACTS = (
    ("Anita Joshi", "98200 01111", "College Road", "asked for sugar-free syrup"),
    ("Ravi Pawar", "+91 98200-01212", "Panchavati", ""),
    ("FARIDA KHAN", "098200 01313", "Dwarka", "diabetic, monthly"),
    ("Deepak Sonar", "9820001414", "Gangapur Road", ""),
    ("Meenakshi Rao", "91 98200 01515", "Indira Nagar", "prefers Hindi"),
    ("Mr. Joseph Pinto", "(+91) 98200.01616", "Nashik Road", ""),
    ("", "9820001717", "Satpur", "name not given"),
    ("Sanjay Gite", "9820001818 / 98200 01919", "Cidco", "second number is his wife's"),
    ("Harpreet Kaur", "+919820002020", "Pathardi", ""),
    ("anita joshi", "+91-9820001111", "College Rd", "same as above?"),
    ("Vijay More", "98200 0021", "Deolali", "number incomplete"),
    ("Lakshmi Menon", "९८२०००२२२२", "Mahatma Nagar", ""),
    ("Nilesh Borse", "0091 98200 02323", "Ambad", ""),
    ("", "", "", ""),
    ("Rekha Jadhav", "98200-02424", "Adgaon", "blood pressure"),
    ("Thomas Mathew", "+91 98200 02525", "Nashik Road", ""),
    ("Zoya Ansari", "9820002626", "Wadala", ""),
    ("Prakash Wagh", "98200 02727 ", "Makhmalabad", ""),
    ("Shalini Bhat", "tel: 9820002828", "Govind Nagar", "for her mother"),
    ("Kiran Ahire", "", "Meri", "will bring the number"),
    ("Gopal Thakur", "+91 (98200) 02929", "Trimbak Road", ""),
    ("Usha Kale", "9820003030", "College Road", ""),
    ("Dr. Nandini Sen", "98200 03131", "Canada Corner", ""),
    ("Mahesh Shinde", "9820003232", "Satpur", ""),
    ("Asif Pathan", "9820003333", "Old Nashik", "calls only"),
)
NOT_ON_WHATSAPP = ("+919820001414", "+919820002525", "+919820003333")

# Whose phones stand on the simulator's page from the beginning.
ON_THE_PAGE = (
    ("Meera Iyer", "+919820000002", "manager"),
    ("Bob D'Souza", "+919820000004", "pharmacist"),
    ("Sunita Rane", SUNITA, "customer"),
    ("George Fernandes", GEORGE, "customer"),
    ("Anita Joshi", ANITA, "in the sheet"),
)
