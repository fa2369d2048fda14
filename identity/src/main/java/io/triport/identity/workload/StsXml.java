package io.triport.identity.workload;

import io.triport.domain.request.Bytes;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;

/**
 * The texts of an XML answer by the path of their elements, such as {@code A/B/C}. No document type, no entities of its own, at
 * most 32 levels and 1000 elements; a path that occurs twice is refused.
 */
record StsXml(Map<String, String> texts) {
    private static final int DEEPEST = 32;
    private static final int MOST_ELEMENTS = 1000;

    /** @throws ExchangeFailed when it is not such a document */
    static StsXml parse(Bytes bytes) {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        var texts = new HashMap<String, String>();
        var path = new ArrayDeque<String>();
        var elements = 0;
        try {
            var reader = factory.createXMLStreamReader(bytes.toInputStream());
            var text = new StringBuilder();
            while (reader.hasNext()) {
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        path.addLast(reader.getLocalName());
                        text.setLength(0);
                        elements++;
                        if (path.size() > DEEPEST || elements > MOST_ELEMENTS) {
                            throw new ExchangeFailed("an answer that is too deep or too long");
                        }
                    }
                    case XMLStreamConstants.CHARACTERS -> text.append(reader.getText());
                    case XMLStreamConstants.END_ELEMENT -> {
                        if (texts.put(String.join("/", path), text.toString().strip()) != null) {
                            throw new ExchangeFailed("an answer with a value twice");
                        }
                        path.removeLast();
                        text.setLength(0);
                    }
                    case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                        throw new ExchangeFailed("an answer with a document type");
                    default -> {}
                }
            }
            return new StsXml(texts);
        } catch (XMLStreamException e) {
            throw new ExchangeFailed("an answer that is not XML");
        }
    }

    Optional<String> find(String path) {
        return Optional.ofNullable(texts.get(path)).filter(text -> !text.isEmpty());
    }
}
