package io.triport.identity.sigv4;

import io.triport.domain.request.Fetch;
import io.triport.domain.request.Headers;
import io.triport.domain.request.Sha256;
import java.util.List;
import java.util.Set;

/**
 * The text that a signature covers: method, path, query, the signed headers, their names, and the hash of the body, each on lines
 * of its own (Signature Version 4 for API requests, Create a canonical request).
 */
record CanonicalRequest(String text) {
    /**
     * @param signedHeaders names in the order in which the signer lists them
     * @param payload what the signer says of the body
     * @param without parameters that the signature does not cover
     */
    static CanonicalRequest of(
            Fetch request,
            Normalisation normalisation,
            List<String> signedHeaders,
            String payload,
            Set<String> without) {
        var text = new StringBuilder()
                .append(request.method().text())
                .append('\n')
                .append(normalisation.canonical(request.target().path()))
                .append('\n')
                .append(QueryParameters.of(request.target()).canonical(without))
                .append('\n');
        for (var name : signedHeaders) {
            text.append(name).append(':').append(value(request.headers(), name)).append('\n');
        }
        return new CanonicalRequest(text.append('\n')
                .append(String.join(";", signedHeaders))
                .append('\n')
                .append(payload)
                .toString());
    }

    String hash() {
        return Sha256.hex(WireText.bytes(text));
    }

    /** The values in the order of arrival, without blanks around them and with one for each run of blanks in them. */
    private static String value(Headers headers, String name) {
        var joined = new StringBuilder();
        for (var value : headers.all(name)) {
            if (!joined.isEmpty()) {
                joined.append(',');
            }
            collapse(value, joined);
        }
        return joined.toString();
    }

    private static void collapse(String value, StringBuilder to) {
        var start = to.length();
        var blank = false;
        for (var i = 0; i < value.length(); i++) {
            var character = value.charAt(i);
            if (character == ' ' || character == '\t') {
                blank = true;
            } else {
                if (blank && to.length() > start) {
                    to.append(' ');
                }
                blank = false;
                to.append(character);
            }
        }
    }
}
