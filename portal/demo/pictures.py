"""The pictures of the demo content: drawn by the portal itself, so free of any licence."""

from collections.abc import Callable
from random import Random
from typing import NamedTuple

from .canvas import Canvas
from .motifs import aerial, laboratory, landscapes, life, places, signals


class Picture(NamedTuple):
    """A picture that can be drawn: its name, what draws it, and alt texts by language code."""

    name: str
    motif: Callable[[Canvas], None]
    alt: dict[str, str]


def draw_picture(name: str, *, size: tuple[int, int] = (1600, 1000)) -> bytes:
    """Return a picture of `PICTURES` as a JPEG of that width and height in pixels.

    The same name and size give the same picture. It is composed for 16:10; in other
    proportions its edges are cropped. Raises KeyError for an unknown name.
    """
    picture = PICTURES[name]
    canvas = Canvas(size, Random(name))  # noqa: S311 - composes a picture, protects nothing
    picture.motif(canvas)
    return canvas.jpeg()


def _picture(
    name: str, motif: Callable[[Canvas], None], *, en: str, fr: str, nl: str
) -> Picture:
    return Picture(name, motif, {"en": en, "fr": fr, "nl": nl})


_ALL = (
    _picture(
        "rolling-hills",
        landscapes.rolling_hills,
        en="Ploughed hills with rows of poplars, one behind the other, at sunrise.",
        fr="Des collines labourées et des rangées de peupliers au lever du soleil.",
        nl="Geploegde heuvels met rijen populieren achter elkaar bij zonsopgang.",
    ),
    _picture(
        "sea-and-wind-turbines",
        landscapes.sea_and_wind_turbines,
        en="Wind turbines at sea in front of a low sun that is reflected in the waves.",
        fr="Des éoliennes en mer devant un soleil bas qui se reflète dans les vagues.",
        nl="Windturbines op zee voor een lage zon die in de golven weerspiegelt.",
    ),
    _picture(
        "forest-in-mist",
        landscapes.forest_in_mist,
        en="Slopes covered with conifers that fade into the morning mist.",
        fr="Des pentes couvertes de conifères qui s’effacent dans la brume du matin.",
        nl="Hellingen met naaldbomen die vervagen in de ochtendmist.",
    ),
    _picture(
        "observatory",
        landscapes.observatory,
        en="The dome of an observatory on a ridge under circling star trails.",
        fr="La coupole d’un observatoire sur une crête, sous la ronde des étoiles.",
        nl="De koepel van een sterrenwacht op een bergkam onder draaiende stersporen.",
    ),
    _picture(
        "layered-coast",
        aerial.layered_coast,
        en="A coast and an island from above in layers of cut paper, from woods to deep sea.",
        fr="Une côte et une île vues du ciel, en papier découpé, de la forêt à la haute mer.",
        nl="Een kust en een eiland van bovenaf in lagen geknipt papier, van bos tot diepzee.",
    ),
    _picture(
        "fields-from-above",
        aerial.fields_from_above,
        en="A patchwork of fields from above, crossed by a stream lined with trees.",
        fr="Une mosaïque de champs vue du ciel, traversée par un ruisseau bordé d’arbres.",
        nl="Een lappendeken van akkers van bovenaf, doorkruist door een beek met bomen.",
    ),
    _picture(
        "double-helix",
        life.double_helix,
        en="A model of a DNA double helix with coloured base pairs.",
        fr="Un modèle de double hélice d’ADN aux paires de bases colorées.",
        nl="Een model van een dubbele DNA-helix met gekleurde basenparen.",
    ),
    _picture(
        "cells-under-the-microscope",
        life.cells_under_the_microscope,
        en="Cells with dark purple nuclei, stained pink, under the microscope.",
        fr="Des cellules colorées en rose, aux noyaux violet foncé, vues au microscope.",
        nl="Roze gekleurde cellen met donkerpaarse kernen onder de microscoop.",
    ),
    _picture(
        "neurons",
        life.neurons,
        en="Two glowing nerve cells whose branches reach for one another.",
        fr="Deux cellules nerveuses lumineuses dont les ramifications se rejoignent.",
        nl="Twee oplichtende zenuwcellen waarvan de vertakkingen elkaar raken.",
    ),
    _picture(
        "laboratory-glass",
        laboratory.laboratory_glass,
        en="Flasks, a beaker and test tubes with coloured liquids on a laboratory bench.",
        fr="Des fioles, un bécher et des éprouvettes aux liquides colorés sur une paillasse.",
        nl="Kolven, een bekerglas en reageerbuizen met gekleurde vloeistoffen op een labtafel.",
    ),
    _picture(
        "city-at-dawn",
        places.city_at_dawn,
        en="The skyline of a city at dawn, reflected in a river.",
        fr="La silhouette d’une ville à l’aube, reflétée dans un fleuve.",
        nl="De skyline van een stad bij dageraad, weerspiegeld in een rivier.",
    ),
    _picture(
        "conference-hall",
        places.conference_hall,
        en="A speaker shows a rising chart to a full conference hall.",
        fr="Une personne présente un graphique en hausse devant une salle comble.",
        nl="Een spreker toont een stijgende grafiek aan een volle conferentiezaal.",
    ),
    _picture(
        "globe-of-partners",
        signals.globe_of_partners,
        en="A globe of dots whose places are joined by arcs of light.",
        fr="Un globe en pointillé dont les lieux sont reliés par des arcs lumineux.",
        nl="Een wereldbol van stippen met plaatsen die door lichtbogen verbonden zijn.",
    ),
    _picture(
        "spectrum",
        signals.spectrum,
        en="Starlight spread into rows of colour that are crossed by dark lines.",
        fr="La lumière d’une étoile étalée en bandes de couleur coupées de raies sombres.",
        nl="Sterlicht, uiteengelegd in kleurbanden met donkere lijnen.",
    ),
    _picture(
        "circuit",
        signals.circuit,
        en="A computer chip with copper tracks on a green circuit board.",
        fr="Une puce et ses pistes de cuivre sur un circuit imprimé vert.",
        nl="Een computerchip met koperbanen op een groene printplaat.",
    ),
    _picture(
        "stream-of-data",
        signals.stream_of_data,
        en="Threads of coloured light that flow together and part again.",
        fr="Des fils de lumière colorée qui se rejoignent puis se séparent.",
        nl="Draden van gekleurd licht die samenkomen en weer uiteengaan.",
    ),
)

PICTURES: dict[str, Picture] = {picture.name: picture for picture in _ALL}
