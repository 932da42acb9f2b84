"""Entry of the dashboards: `minewatch serve`, or `streamlit run dashboards/app.py` on this machine."""

from functools import partial

import streamlit as st

from dashboards import access, visitor

st.set_page_config(page_title="打击非法采矿监管", page_icon="⛏️", layout="wide")
account, person = visitor.signed_in()
if person is None:
    visitor.turn_away(account)
    st.stop()

own = access.pages_of(person.role)
# A page of others has an address all the same, which says so instead of showing another page.
pages = {
    page.name: st.Page(
        f"app_pages/{page.name}.py" if page in own else partial(visitor.turn_from, page, person),
        title=page.title,
        url_path=page.name,
        default=page == own[0],
        visibility="visible" if page in own else "hidden",
    )
    for page in access.PAGES
}
chosen = st.navigation(list(pages.values()), position="top")
visitor.introduce(person)
page = next(page for page in access.PAGES if pages[page.name] == chosen)
if page in own:
    visitor.note_view(page, person)
chosen.run()
