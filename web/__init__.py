"""The web face: timeline, event, entity and article pages, SPARQL endpoint, ingestion.

`web.application.create_app` makes the application. Importing the package alone imports
nothing else, so that the front end can be built (`python -m web.build`) where Flask is not
installed, as in the isolated environment of a wheel build.
"""
