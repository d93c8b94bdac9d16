"""Regions, countries and languages have both names, and unheard-of codes do no harm."""

from gza.core import languages, places


def test_every_region_of_the_country_and_the_two_answers_that_are_none() -> None:
    keys = [region.key for region in places.regions()]
    assert keys[0] == "GE-TB"
    assert keys[-2:] == [places.ABROAD, places.UNKNOWN]
    assert len(keys) == len(set(keys)) == 14
    assert all(region.name.ka and region.name.en for region in places.regions())


def test_services_are_offered_where_the_state_can_reach() -> None:
    served = {region.key for region in places.regions(served=True)}
    assert "GE-SK" in served
    assert served.isdisjoint({"GE-AB", places.ABROAD, places.UNKNOWN})
    assert {region.key for region in places.regions(elsewhere=False)} == served | {"GE-AB"}


def test_names_of_places_in_both_languages() -> None:
    assert places.region("GE-IM").name.en == "Imereti"
    assert places.region_name("GE-IM", "ka") == "იმერეთი"
    assert places.region_name("", "ka") == ""


def test_countries_are_those_of_iso_3166_by_their_georgian_names() -> None:
    georgian = places.countries("ka")
    assert georgian[0] == ("GE", "საქართველო")
    assert len(georgian) == 249
    assert dict(georgian)["TR"] == "თურქეთი"
    assert [name for _code, name in georgian[1:]] == sorted(name for _code, name in georgian[1:])
    assert places.country_name("UZ", "en") == "Uzbekistan"
    assert places.country_name("QQ", "ka") == "QQ"


def test_languages_of_the_hotline_and_any_other_by_its_code() -> None:
    assert [key for key, _name in languages.languages()][:3] == ["ka", "en", "ru"]
    assert dict(languages.choices("ka"))["uz"] == "უზბეკური"
    assert languages.language_name("hi", "en") == "Hindi"
    assert languages.known("hi")
    assert not languages.known("zz")
    assert languages.language_name("zz", "ka") == "zz"
