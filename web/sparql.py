from flask import Blueprint
blueprint = Blueprint("sparql", __name__)
@blueprint.get("/sparql")
def sparql() -> str:
    return ""
