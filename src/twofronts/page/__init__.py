"""The Streamlit page: panels around the map document."""
