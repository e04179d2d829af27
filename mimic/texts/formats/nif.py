"""NIF 2.0 (Hellmann et al., ISWC 2013) in Turtle: written, and read as documents with gold.

Offsets are those of RFC 5147, as NIF has them: positions between characters of `nif:isString`, from
0, a character being a Unicode code point.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import XSD

from mimic.errors import InputError
from mimic.texts.documents import Document, GoldMention, check_place
from mimic.texts.records import LinkedText

NIF = Namespace("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#")
ITSRDF = Namespace("http://www.w3.org/2005/11/its/rdf#")
#: Identifiers that are no addresses are put behind it.
ENTITY, DOCUMENT = "urn:mimic:entity:", "urn:mimic:text"
#: What NIF data sets mark an entity outside the knowledge base with.
NONE = ("nil", "notinwiki", "unknown", "emerging")


def as_nif(linked: LinkedText) -> str:
    """The text as one context; a mention that means no entity has no `itsrdf:taIdentRef`."""
    graph = _graph()
    context = _context(graph, DOCUMENT, linked.text)
    for mention in linked.mentions:
        first = None if mention.nil else mention.result.candidates[0]
        entity = "" if first is None else first.entity.id
        place = _add(graph, context, DOCUMENT, mention.start, mention.end, mention.surface, entity)
        if first is not None:
            sure = Literal(first.probability, datatype=XSD.double)
            graph.add((place, ITSRDF.taConfidence, sure))
    return graph.serialize(format="turtle")


def documents_nif(documents: Iterable[Document]) -> str:
    """Documents, each as a context whose address holds its name: `read_nif` gives them back."""
    graph = _graph()
    for document in documents:
        address = f"{DOCUMENT}:{quote(document.id, safe='')}"
        context = _context(graph, address, document.text)
        for start, end, entity in ((m.start, m.end, m.entity) for m in document.mentions):
            _add(graph, context, address, start, end, document.text[start:end], entity)
    return graph.serialize(format="turtle")


def _graph() -> Graph:
    graph = Graph()
    graph.bind("nif", NIF)
    graph.bind("itsrdf", ITSRDF)
    return graph


def _context(graph: Graph, address: str, text: str) -> URIRef:
    context = _place(address, 0, len(text))
    _string(graph, context, 0, len(text))
    graph.add((context, RDF.type, NIF.Context))
    graph.add((context, NIF.isString, Literal(text)))
    return context


def _add(
    graph: Graph, context: URIRef, address: str, start: int, end: int, surface: str, entity: str
) -> URIRef:
    """An annotation, and its place, which is another node than a context of the same length."""
    place = _place(address, start, end)
    if place == context:
        place = URIRef(f"{place}&nif=phrase")
    _string(graph, place, start, end)
    graph.add((place, RDF.type, NIF.Phrase))
    graph.add((place, NIF.referenceContext, context))
    graph.add((place, NIF.anchorOf, Literal(surface)))
    if entity:
        graph.add((place, ITSRDF.taIdentRef, _entity(entity)))
    return place


def _string(graph: Graph, place: URIRef, start: int, end: int) -> None:
    for kind in (NIF.String, NIF.RFC5147String):
        graph.add((place, RDF.type, kind))
    for name, value in ((NIF.beginIndex, start), (NIF.endIndex, end)):
        graph.add((place, name, Literal(str(value), datatype=XSD.nonNegativeInteger)))


def _place(address: str, start: int, end: int) -> URIRef:
    return URIRef(f"{address}#char={start},{end}")


def _entity(identifier: str) -> URIRef:
    if identifier.startswith(("http://", "https://")):
        return URIRef(quote(identifier, safe="/:?#[]@!$&'()*+,;=%~"))
    return URIRef(ENTITY + quote(identifier, safe=":"))


# --- read --------------------------------------------------------------------------------------


def read_nif(file: Path, data: str) -> list[Document]:
    """The contexts of a NIF file in Turtle, in the order of their addresses.

    Raises:
        InputError: it is no Turtle, or what NIF needs is missing or wrong.
    """
    graph = Graph()
    try:
        graph.parse(data=data, format="turtle")
    except Exception as error:  # rdflib raises all kinds for broken Turtle
        said = " ".join(str(error).split())[:160]
        raise InputError(f"{file}: not NIF in Turtle ({said})") from None
    contexts = {node: str(text) for node, text in graph.subject_objects(NIF.isString)}
    if not contexts:
        raise InputError(f"{file}: no nif:Context with a nif:isString in it")
    mentions: dict[Any, list[GoldMention]] = {node: [] for node in contexts}
    for node, context in graph.subject_objects(NIF.referenceContext):
        if node in contexts:
            continue
        if context not in contexts:
            raise InputError(f"{file}: {node} refers to a context without nif:isString")
        mentions[context] += _gold(graph, node, contexts[context], f"{file}: {node}")
    return [
        Document(_name(str(node)), contexts[node], tuple(sorted(set(mentions[node]))))
        for node in sorted(contexts, key=str)
    ]


def _name(address: str) -> str:
    """The name that `documents_nif` gave a context, or its whole address."""
    name = address.removeprefix(f"{DOCUMENT}:").split("#", 1)[0]
    return unquote(name) if address.startswith(f"{DOCUMENT}:") else address


def _gold(graph: Graph, node: Any, text: str, where: str) -> Iterator[GoldMention]:
    """An annotation; a string that is none (a sentence, a word) has no entity and no anchor."""
    refs = [str(ref) for ref in graph.objects(node, ITSRDF.taIdentRef)]
    phrase = (node, RDF.type, NIF.Phrase) in graph
    if not refs and not phrase:
        return
    start, end = (_index(graph, node, name, where) for name in ("beginIndex", "endIndex"))
    surface = next((str(anchor) for anchor in graph.objects(node, NIF.anchorOf)), None)
    check_place(text, start, end, surface, where)
    known = [identifier_of(ref) for ref in sorted(refs)]
    meant = next((key for key in known if key.casefold().rsplit("/", 1)[-1] not in NONE), None)
    yield GoldMention(start, end, meant or "")


def _index(graph: Graph, node: Any, name: str, where: str) -> int:
    said = next(graph.objects(node, NIF[name]), None)
    try:
        return int(str(said))
    except ValueError:
        raise InputError(f"{where}: nif:{name} is missing or no whole number") from None


def identifier_of(address: str) -> str:
    """The identifier that an address in NIF stands for."""
    return unquote(address.removeprefix(ENTITY)) if address.startswith(ENTITY) else address
