"""Clues: of channels we know, about places we can find?"""

import great_expectations.expectations as gxe

TABLE = "marts.fct_clues"
QUERY = """
    select
        channel_code,
        township_code
    from marts.fct_clues
"""


def expectations(settings: dict[str, float]) -> list[gxe.Expectation]:
    """Fresh objects on every call: GX refuses to add one expectation to two suites.

    Decided against: a share of clues that prove true. What citizens report is theirs to say.
    """
    return [
        gxe.ExpectColumnValuesToNotBeInSet(
            column="channel_code",
            value_set=["other"],
            mostly=0.9,
            severity="warning",
            notes="一成以上线索的来源渠道不在渠道表内，请核对写法或补充别名。",
        ),
        gxe.ExpectColumnValuesToNotBeNull(
            column="township_code",
            mostly=0.7,
            severity="warning",
            notes="三成以上线索定位不到乡镇，请核对乡镇、村和地点。",
        ),
    ]
