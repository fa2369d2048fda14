package io.triport.identity.workload;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.triport.domain.request.Bytes;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** The plain members of a JSON answer as text. One object, no name twice, at most 8 levels; what is nested is skipped. */
record StsJson(Map<String, String> members) {
    private static final int DEEPEST = 8;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build();

    /** @throws ExchangeFailed when it is not such an object */
    static StsJson parse(Bytes bytes) {
        var members = new HashMap<String, String>();
        try (var parser = JSON.createParser(bytes.toByteArray())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new ExchangeFailed("an answer that is no JSON object");
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                var name = parser.currentName();
                if (parser.nextToken().isScalarValue()) {
                    members.put(name, parser.getText());
                } else {
                    parser.skipChildren();
                }
            }
            if (parser.nextToken() != null) {
                throw new ExchangeFailed("an answer with more than a JSON object");
            }
            return new StsJson(members);
        } catch (IOException e) {
            throw new ExchangeFailed("an answer that is not JSON");
        }
    }

    String text(String name) {
        var text = members.get(name);
        if (text == null || text.isEmpty()) {
            throw new ExchangeFailed("an answer without " + name);
        }
        return text;
    }
}
