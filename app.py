"""Entry point of the Streamlit page: `streamlit run app.py`."""

from pathlib import Path

from twofronts.page.app import show

show(Path(__file__).resolve().parent)
