"""Entry of the dashboards: `minewatch serve`, or `streamlit run dashboards/app.py` on this machine."""

from functools import partial

import streamlit as st

from dashboards import access, data, frame, queries, visitor

st.set_page_config(page_title="打击非法采矿监管", page_icon="⛏️", layout="wide")
account, person = visitor.signed_in()
if person is None:
    visitor.turn_away(account)
    st.stop()

own = access.pages_of(person.role)
version = data.current_version()
standing = data.ask(version, queries.counties.standing).iloc[0] if version else None
# Where no county hands up anything there is nothing to roll up; who has no townships begins with that.
idle = () if standing is not None and standing["has_counties"] else ("counties",)
offered = [page for page in own if page.name not in idle]
first = offered[0]
if not idle and not standing["has_townships"]:
    first = next((page for page in offered if page.name == "counties"), first)
# Every page has one address for all, whoever begins with it, so that a link shows everybody the same: also a page
# of others, which says so. Streamlit's first page has none, hence it only leads to the one that comes first here.
start = st.Page(partial(frame.go_to, first.name), title="首页", default=True, visibility="hidden")
pages = {
    page.name: st.Page(
        f"app_pages/{page.name}.py" if page in own else partial(visitor.turn_from, page, person),
        title=page.title,
        url_path=page.name,
        visibility="visible" if page in offered else "hidden",
    )
    for page in access.PAGES
}
menu = {
    heading: [pages[page.name] for page in group if page in offered]
    for heading, group in access.MENU.items()
}
# Streamlit shows a heading with nothing but hidden pages below it, so those stand below none.
menu[""] += [start, *(pages[page.name] for page in access.PAGES if page not in offered)]
chosen = st.navigation({heading: group for heading, group in menu.items() if group}, position="top")
if chosen != start:
    visitor.introduce(person)
    page = next(page for page in access.PAGES if pages[page.name] == chosen)
    if page in own:
        visitor.note_view(page, person)
chosen.run()
