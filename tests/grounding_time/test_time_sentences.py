"""What days the words of a sentence mean, language by language.

Every report is published on Wednesday 12 June 2024; days are written as in the record.
"""

from __future__ import annotations

import datetime as dt

import pytest

from temoin.grounding.time import read_times

PUBLISHED = dt.date(2024, 6, 12)

# Words that end in nothing have no days.
FRENCH = [
    ("Le dépôt a brûlé hier.", "2024-06-11"),
    ("Le dépôt a brûlé avant-hier soir.", "2024-06-10"),
    ("Le dépôt a brûlé mardi à l'aube.", "2024-06-11"),
    ("Le dépôt a brûlé vendredi.", "2024-06-07"),
    ("Le dépôt a brûlé mercredi dernier.", "2024-06-05"),
    ("La trêve entrera en vigueur vendredi.", "2024-06-14"),
    ("Le dépôt a brûlé le 3 mai.", "2024-05-03"),
    ("Le dépôt a brûlé le 1er novembre.", "2023-11-01"),
    ("Le dépôt a brûlé le 14 juillet 2019.", "2019-07-14"),
    ("Le dépôt a brûlé le 03/05/2024.", "2024-05-03"),
    ("Le dépôt a brûlé dans la nuit de lundi à mardi.", "2024-06-10/2024-06-11"),
    ("Le dépôt a brûlé dans la nuit du 31 mai au 1er juin.", "2024-05-31/2024-06-01"),
    ("Le dépôt a brûlé cette nuit.", "2024-06-11/2024-06-12"),
    ("Les tirs ont duré du 3 au 6 juin.", "2024-06-03/2024-06-06"),
    ("Les tirs ont duré du 28 mai au 2 juin.", "2024-05-28/2024-06-02"),
    ("Trois ponts ont sauté entre mardi et jeudi.", "2024-06-04/2024-06-06"),
    ("Trois ponts ont sauté les 3 et 4 juin.", "2024-06-03/2024-06-04"),
    ("La route est coupée depuis le 2 mai.", "2024-05-02/2024-06-12"),
    ("La route reste coupée jusqu'à dimanche.", "2024-06-12/2024-06-16"),
    ("Il y a six semaines, cent hommes tenaient le pont.", "2024-05-01"),
    ("La semaine dernière, le pont a sauté.", "2024-06-03/2024-06-09"),
    ("Le mois dernier, le pont a sauté.", "2024-05-01/2024-05-31"),
    ("L'an dernier, le pont a sauté.", "2023-01-01/2023-12-31"),
    ("Début juin, le pont a sauté.", "2024-06-01/2024-06-10"),
    ("En mars 2022, le pont a sauté.", "2022-03-01/2022-03-31"),
    ("Depuis 2012, la vallée est minée.", "2012-01-01/2024-06-12"),
    ("Le lundi de Pâques, les cloches ont sonné.", "2024-04-01"),
    ("À Noël, les cloches ont sonné.", "2023-12-25"),
    ("Les combats ont duré six heures.", ""),
    ("Ces derniers jours, le front a bougé.", ""),
    ("Un berger âgé de 54 ans a péri.", ""),
    ("Chaque jour, des obus tombent.", ""),
    ("Le 30 février n'existe pas.", ""),
]
ENGLISH = [
    ("The depot burnt yesterday.", "2024-06-11"),
    ("The depot burnt at dawn on Tuesday.", "2024-06-11"),
    ("The depot burnt on Friday.", "2024-06-07"),
    ("The truce will begin on Friday.", "2024-06-14"),
    ("The depot burnt on 3 May.", "2024-05-03"),
    ("The depot burnt on May 3rd, 2019.", "2019-05-03"),
    ("The depot burnt on the night of 3 to 4 June.", "2024-06-03/2024-06-04"),
    ("The depot burnt overnight.", "2024-06-11/2024-06-12"),
    ("The depot burnt last night.", "2024-06-11"),
    ("Firing went on from 3 to 6 June.", "2024-06-03/2024-06-06"),
    ("Three bridges fell between Tuesday and Thursday.", "2024-06-04/2024-06-06"),
    ("The road has been cut since 2 May.", "2024-05-02/2024-06-12"),
    ("The road stays shut until Sunday.", "2024-06-12/2024-06-16"),
    ("Six weeks ago a hundred men held the bridge.", "2024-05-01"),
    ("Last week the bridge was blown.", "2024-06-03/2024-06-09"),
    ("Tuesday of last week the bridge was blown.", "2024-06-04"),
    ("The bridge was blown in the week of 13 May.", "2024-05-13/2024-05-19"),
    ("In late May the bridge was blown.", "2024-05-22/2024-05-31"),
    ("In March 2022 the bridge was blown.", "2022-03-01/2022-03-31"),
    ("On Christmas Day the bells rang.", "2023-12-25"),
    ("The firing lasted six hours.", ""),
    ("The shepherd was 54 years old.", ""),
    ("Shells fall every day.", ""),
    ("The front may move soon.", ""),
]
SPANISH = [
    ("El depósito ardió ayer por la tarde.", "2024-06-11"),
    ("El depósito ardió anoche.", "2024-06-11"),
    ("El depósito ardió el lunes de madrugada.", "2024-06-10"),
    ("El depósito ardió el 3 de mayo.", "2024-05-03"),
    ("El depósito ardió el 3 de mayo de 2019.", "2019-05-03"),
    ("El depósito ardió la noche del lunes al martes.", "2024-06-10/2024-06-11"),
    ("Los disparos duraron del 3 al 6 de junio.", "2024-06-03/2024-06-06"),
    ("La carretera está cortada desde el 2 de mayo.", "2024-05-02/2024-06-12"),
    ("Las partes se reunirán el viernes.", "2024-06-14"),
    ("Hace seis semanas cien hombres defendían el puente.", "2024-05-01"),
    ("La semana pasada volaron el puente.", "2024-06-03/2024-06-09"),
    ("El mes pasado volaron el puente.", "2024-05-01/2024-05-31"),
    ("Los disparos duraron tres horas.", ""),
    ("Cada día caen obuses.", ""),
]
ARABIC = [
    ("احترق المستودع أمس.", "2024-06-11"),
    ("احترق المستودع فجر الاثنين.", "2024-06-10"),
    ("احترق المستودع يوم الثالث من أيار.", "2024-05-03"),
    ("احترق المستودع في 3 مايو 2019.", "2019-05-03"),
    ("احترق المستودع ليلة الاثنين - الثلاثاء.", "2024-06-10/2024-06-11"),
    ("الطريق مقطوع منذ 2 مايو.", "2024-05-02/2024-06-12"),
    ("سيجتمع الطرفان يوم الجمعة.", "2024-06-14"),
    ("احترق المستودع قبل أسبوع.", "2024-06-05"),
    ("احترق المستودع الأسبوع الماضي.", "2024-06-03/2024-06-09"),
    ("احترق المستودع في حزيران 2014.", "2014-06-01/2014-06-30"),
    ("دام القتال ثلاث ساعات.", ""),
    ("دام القتال يومين.", ""),
]
UKRAINIAN = [
    ("Склад згорів учора ввечері.", "2024-06-11"),
    ("Склад згорів у понеділок.", "2024-06-10"),
    ("Склад згорів третього травня.", "2024-05-03"),
    ("Склад згорів 3 травня 2019 року.", "2019-05-03"),
    ("Склад згорів у ніч на 5 червня.", "2024-06-04/2024-06-05"),
    ("Склад згорів у ніч з понеділка на вівторок.", "2024-06-10/2024-06-11"),
    ("Бої тривали з 3 по 6 червня.", "2024-06-03/2024-06-06"),
    ("Переговори будуть у п'ятницю.", "2024-06-14"),
    ("Шість тижнів тому міст тримала сотня.", "2024-05-01"),
    ("Минулого тижня міст підірвали.", "2024-06-03/2024-06-09"),
    ("Торік міст підірвали.", "2023-01-01/2023-12-31"),
    ("Бій тривав три години.", ""),
    ("Щодня падають снаряди.", ""),
]
RUSSIAN = [
    ("Склад сгорел вчера вечером.", "2024-06-11"),
    ("Склад сгорел в понедельник.", "2024-06-10"),
    ("Склад сгорел третьего мая.", "2024-05-03"),
    ("Склад сгорел 3 мая 2019 года.", "2019-05-03"),
    ("Склад сгорел в ночь на 5 июня.", "2024-06-04/2024-06-05"),
    ("Склад сгорел в ночь с понедельника на вторник.", "2024-06-10/2024-06-11"),
    ("Бои шли с 3 по 6 июня.", "2024-06-03/2024-06-06"),
    ("Переговоры будут в пятницу.", "2024-06-14"),
    ("Шесть недель назад мост держала сотня.", "2024-05-01"),
    ("На прошлой неделе мост взорвали.", "2024-06-03/2024-06-09"),
    ("В прошлом году мост взорвали.", "2023-01-01/2023-12-31"),
    ("Бой длился три часа.", ""),
    ("Ежедневно падают снаряды.", ""),
]
UNKNOWN = [
    ("Veröffentlicht 2024-05-03.", "2024-05-03"),
    ("Um 14:30 war es still.", "2024-06-12"),
]


def days_of(text: str, language: str) -> str:
    """The days of the only expression of a text."""
    (found,) = read_times(text, language=language, published=PUBLISHED)
    first, last = found.time.earliest, found.time.latest
    if first is None:
        return ""
    return str(first) if first == last else f"{first}/{last}"


@pytest.mark.parametrize(("text", "days"), FRENCH)
def test_french(text: str, days: str) -> None:
    assert days_of(text, "fr") == days


@pytest.mark.parametrize(("text", "days"), ENGLISH)
def test_english(text: str, days: str) -> None:
    assert days_of(text, "en") == days


@pytest.mark.parametrize(("text", "days"), SPANISH)
def test_spanish(text: str, days: str) -> None:
    assert days_of(text, "es") == days


@pytest.mark.parametrize(("text", "days"), ARABIC)
def test_arabic(text: str, days: str) -> None:
    assert days_of(text, "ar") == days


@pytest.mark.parametrize(("text", "days"), UKRAINIAN)
def test_ukrainian(text: str, days: str) -> None:
    assert days_of(text, "uk") == days


@pytest.mark.parametrize(("text", "days"), RUSSIAN)
def test_russian(text: str, days: str) -> None:
    assert days_of(text, "ru") == days


@pytest.mark.parametrize(("text", "days"), UNKNOWN)
def test_other_languages_have_digits_only(text: str, days: str) -> None:
    assert days_of(text, "other") == days


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Le pont a été pris ; il avait toujours été tenu."),
        ("en", "They may march on; the sun sat low and the fall was long."),
        ("en", "He held 14 of the 30 posts."),
        ("fr", "Les 12 blindés et les 40 hommes du 3e bataillon."),
        ("es", "Los 12 blindados del batallón 3."),
    ],
)
def test_words_that_only_look_like_times_have_no_days(language: str, text: str) -> None:
    found = read_times(text, language=language, published=PUBLISHED)
    assert [one.text for one in found if one.time.earliest] == []


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "A photograph posted online on Wednesday could not be dated.", 13),
        ("en", "Elders tried on Wednesday to arrange a truce so that aid could pass.", 13),
        ("en", "The prisoners will be released on Wednesday.", 20),
        ("en", "The hostages are to be freed on Wednesday.", 20),
        ("fr", "Les notables ont tenté mercredi d'ouvrir un couloir que l'armée devra garder.", 13),
        ("fr", "Les otages seront libérés mercredi.", 20),
    ],
)
def test_the_verb_before_a_weekday_says_which_one_is_meant(
    language: str, text: str, day: int
) -> None:
    (found,) = read_times(text, language=language, published=dt.date(2019, 11, 14))
    assert found.time.earliest == dt.date(2019, 11, day)
