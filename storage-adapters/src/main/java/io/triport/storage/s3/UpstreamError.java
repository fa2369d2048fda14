package io.triport.storage.s3;

import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An answer that says no.
 *
 * @param field of the answer's head, by its name
 * @param elements of the error document, by their names; empty where the body is none
 */
record UpstreamError(int status, Function<String, Optional<String>> field, Map<String, String> elements) {
    /** No error document is longer. */
    static final int MOST_BYTES = 65_536;

    private static final int MOST_ELEMENTS = 64;

    static UpstreamError of(int status, Function<String, Optional<String>> field, byte[] body) {
        return new UpstreamError(status, field, parsed(body));
    }

    String code() {
        return elements.getOrDefault("Code", "");
    }

    Optional<String> element(String name) {
        return Optional.ofNullable(elements.get(name));
    }

    /** For operators: nothing of an upstream's own words but its code. */
    @Override
    public String toString() {
        var code = code();
        return "status " + status + (code.matches("[A-Za-z0-9.]{1,64}") ? " " + code : "");
    }

    private static Map<String, String> parsed(byte[] body) {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            return elements(factory.createXMLStreamReader(new ByteArrayInputStream(body)));
        } catch (XMLStreamException | IllegalStateException e) {
            return Map.of();
        }
    }

    private static Map<String, String> elements(XMLStreamReader reader) throws XMLStreamException {
        var found = new HashMap<String, String>();
        if (reader.nextTag() != XMLStreamConstants.START_ELEMENT || !"Error".equals(reader.getLocalName())) {
            return Map.of();
        }
        while (reader.nextTag() == XMLStreamConstants.START_ELEMENT) {
            if (found.size() == MOST_ELEMENTS) {
                return Map.of();
            }
            found.putIfAbsent(reader.getLocalName(), reader.getElementText());
        }
        return Map.copyOf(found);
    }
}
