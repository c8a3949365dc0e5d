"""Phrases for the texts of load tests, with the same meaning in each language."""

LANGUAGES = ("en", "fr", "nl")

SUBJECTS = (
    ("Rivers", "Rivières", "Rivieren"),
    ("Groundwater", "Eaux souterraines", "Grondwater"),
    ("Salt marshes", "Prés salés", "Schorren"),
    ("Offshore cables", "Câbles sous-marins", "Zeekabels"),
    ("Earthworms", "Vers de terre", "Regenwormen"),
    ("Hedgerows", "Haies", "Hagen"),
    ("Hospital wards", "Services hospitaliers", "Ziekenhuisafdelingen"),
    ("Rare anaemias", "Anémies rares", "Zeldzame anemieën"),
    ("Patient registries", "Registres de patients", "Patiëntenregisters"),
    ("Control rooms", "Salles de commande", "Controlekamers"),
    ("School buildings", "Bâtiments scolaires", "Schoolgebouwen"),
    ("Street trees", "Arbres des rues", "Straatbomen"),
    ("Dry stone walls", "Murs de pierre sèche", "Droge stapelmuren"),
    ("Night trains", "Trains de nuit", "Nachttreinen"),
    ("Bookbindings", "Reliures", "Boekbanden"),
    ("Songbirds", "Oiseaux chanteurs", "Zangvogels"),
)
ASPECTS = (
    ("in dry summers", "par étés secs", "in droge zomers"),
    ("after the flood", "après la crue", "na de overstroming"),
    ("across the border", "par-delà la frontière", "over de grens"),
    ("under glass", "sous verre", "onder glas"),
    ("in small towns", "dans les petites villes", "in kleine steden"),
    ("seen by those who live there", "vus par les habitants", "gezien door wie er woont"),
    ("and the people who keep them", "et ceux qui les soignent", "en wie ervoor zorgt"),
    ("by open data", "par les données ouvertes", "met open gegevens"),
    ("between law and custom", "entre droit et usage", "tussen recht en gewoonte"),
    ("at night", "la nuit", "bij nacht"),
    ("for the next generation", "pour la génération suivante", "voor de volgende generatie"),
    ("at a lower cost", "à moindre coût", "tegen lagere kosten"),
)
SENTENCES = (
    (
        "Measurements are taken every week, and every hour when it matters.",
        "On mesure chaque semaine, et chaque heure quand il le faut.",
        "Er wordt elke week gemeten, en elk uur als het ertoe doet.",
    ),
    (
        "Three countries share one method and one archive.",
        "Trois pays partagent une méthode et des archives.",
        "Drie landen delen één methode en één archief.",
    ),
    (
        "Those who are affected sit on the board.",
        "Les personnes concernées siègent au conseil.",
        "Wie het aangaat, zetelt in de raad.",
    ),
    (
        "Results are published whether they please or not.",
        "Les résultats sont publiés, qu’ils plaisent ou non.",
        "De resultaten worden gepubliceerd, of ze bevallen of niet.",
    ),
    (
        "The first year is spent listening.",
        "La première année est consacrée à l’écoute.",
        "Het eerste jaar wordt er geluisterd.",
    ),
    (
        "Costs are covered at eighty per cent.",
        "Les coûts sont couverts à quatre-vingts pour cent.",
        "De kosten worden voor tachtig procent gedekt.",
    ),
)


def choose_languages(random):
    """Choose the languages of an item at random: most items have all, some one or two."""
    return random.choices((LANGUAGES, ("en",), ("en", "fr"), ("nl",)), (60, 20, 12, 8))[0]


def make_texts(random, languages):
    """Return title, summary and body in these languages, by column name."""
    subject, aspect = random.choice(SUBJECTS), random.choice(ASPECTS)
    sentences = random.sample(SENTENCES, 3)
    columns = {}
    for code in languages:
        number = LANGUAGES.index(code)
        summary, *rest = (sentence[number] for sentence in sentences)
        columns[f"title_{code}"] = f"{subject[number]} {aspect[number]}"
        columns[f"summary_{code}"] = summary
        columns[f"body_{code}"] = "".join(f"<p>{sentence}</p>" for sentence in rest)
    return columns
