package io.triport.objects.wire;

import io.triport.domain.request.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An element of a document that a client sent.
 *
 * @param name without its namespace
 * @param text all that stands directly in it
 */
public record XmlElement(String name, String text, List<XmlElement> children) {
    private static final int DEEPEST = 32;
    private static final int MOST_ELEMENTS = 100_000;

    public XmlElement {
        children = List.copyOf(children);
    }

    /**
     * Reads a document: without a document type, so without entities of its own, at most 32 deep.
     *
     * @throws S3Refused MALFORMED_XML for any other
     */
    public static XmlElement parse(Bytes document) {
        try {
            var reader = factory().createXMLStreamReader(document.toInputStream());
            try {
                return new Reading(reader).root();
            } finally {
                reader.close();
            }
        } catch (S3Refused e) {
            throw e;
        } catch (XMLStreamException | RuntimeException e) {
            // The platform's reader refuses some documents by other exceptions than it says.
            throw S3Error.MALFORMED_XML.refused();
        }
    }

    /** Not one for all: its safety for many threads is promised by nobody. */
    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("external entity");
        });
        return factory;
    }

    /** The text of a child that is there at most once. */
    public Optional<String> child(String wanted) {
        var found = all(wanted);
        if (found.size() > 1) {
            throw S3Error.MALFORMED_XML.refused();
        }
        return found.stream().findFirst().map(XmlElement::text);
    }

    /** @throws S3Refused MALFORMED_XML where it is not there once */
    public String required(String wanted) {
        return child(wanted).orElseThrow(S3Error.MALFORMED_XML::refused);
    }

    public List<XmlElement> all(String wanted) {
        return children.stream().filter(each -> each.name.equals(wanted)).toList();
    }

    /** @throws S3Refused MALFORMED_XML where the document is another */
    public XmlElement named(String expected) {
        if (!name.equals(expected)) {
            throw S3Error.MALFORMED_XML.refused();
        }
        return this;
    }

    private static final class Reading {
        private final XMLStreamReader reader;
        private int elements;

        private Reading(XMLStreamReader reader) {
            this.reader = reader;
        }

        private XmlElement root() throws XMLStreamException {
            while (reader.next() != XMLStreamConstants.START_ELEMENT) {
                if (reader.getEventType() == XMLStreamConstants.DTD) {
                    throw S3Error.MALFORMED_XML.refused();
                }
            }
            var root = element(1);
            while (reader.hasNext()) {
                reader.next(); // what follows the root must be sound, too
            }
            return root;
        }

        private XmlElement element(int depth) throws XMLStreamException {
            elements++;
            if (depth > DEEPEST || elements > MOST_ELEMENTS) {
                throw S3Error.MALFORMED_XML.refused();
            }
            var name = reader.getLocalName();
            var text = new StringBuilder();
            var children = new ArrayList<XmlElement>();
            while (true) {
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT -> children.add(element(depth + 1));
                    case XMLStreamConstants.END_ELEMENT -> {
                        return new XmlElement(name, text.toString(), children);
                    }
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                        text.append(reader.getText());
                    case XMLStreamConstants.COMMENT -> {
                        // says nothing
                    }
                    default -> throw S3Error.MALFORMED_XML.refused();
                }
            }
        }
    }
}
