package io.triport.identity.jose;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.triport.domain.identity.ClaimValue;
import io.triport.domain.request.Bytes;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One object of JSON (RFC 8259) in UTF-8, and nothing beside it. No member occurs twice at any depth, no text has a lone
 * surrogate, and no number has more than 100 digits or an exponent beyond 400. Safe for many threads.
 *
 * @param deepest levels of objects and lists, the outermost included
 * @param mostMembers of each object
 */
public record StrictJson(int deepest, int mostMembers) {
    /*
     * Names are neither interned nor put into the parser's table of symbols: they come from strangers, and the table is shared.
     */
    private static final int MOST_DIGITS = 100;
    private static final int LARGEST_EXPONENT = 400;
    private static final int DEEPEST = 64;

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(MOST_DIGITS)
                    .build())
            .build();

    public StrictJson {
        if (deepest < 1 || deepest > DEEPEST) {
            throw new IllegalArgumentException("deepest: " + deepest + " (expected: 1..64)");
        }
    }

    /** Empty for everything that is not such an object. */
    public Optional<ClaimValue.Members> read(Bytes utf8) {
        return read(utf8.toByteArray());
    }

    Optional<ClaimValue.Members> read(byte[] utf8) {
        try (var parser = parser(utf8)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            var members = members(parser, 1);
            return parser.nextToken() == null ? Optional.of(members) : Optional.empty();
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static JsonParser parser(byte[] utf8) throws IOException {
        var text = new char[utf8.length];
        for (var at = 0; at < utf8.length; at++) {
            if (utf8[at] < 0) {
                return JSON.createParser(decoded(utf8));
            }
            text[at] = (char) utf8[at];
        }
        return JSON.createParser(text);
    }

    private static char[] decoded(byte[] utf8) throws CharacterCodingException {
        CharBuffer text = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(utf8));
        var characters = new char[text.remaining()];
        text.get(characters);
        return characters;
    }

    private ClaimValue.Members members(JsonParser parser, int depth) throws IOException {
        Map<String, ClaimValue> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = whole(parser.currentName());
            parser.nextToken();
            if (members.put(name, value(parser, depth)) != null || members.size() > mostMembers) {
                throw new Unacceptable();
            }
        }
        return new ClaimValue.Members(members);
    }

    private ClaimValue.Listing listing(JsonParser parser, int depth) throws IOException {
        List<ClaimValue> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser, depth));
        }
        return new ClaimValue.Listing(items);
    }

    private ClaimValue value(JsonParser parser, int depth) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> new ClaimValue.Text(whole(parser.getText()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new ClaimValue.Numeric(bounded(parser.getDecimalValue()));
            case VALUE_TRUE -> new ClaimValue.Flag(true);
            case VALUE_FALSE -> new ClaimValue.Flag(false);
            case VALUE_NULL -> new ClaimValue.Nothing();
            case START_ARRAY -> listing(parser, deeper(depth));
            case START_OBJECT -> members(parser, deeper(depth));
            case null, default -> throw new Unacceptable();
        };
    }

    private int deeper(int depth) throws Unacceptable {
        if (depth >= deepest) {
            throw new Unacceptable();
        }
        return depth + 1;
    }

    /** An exponent takes few characters and, written out, all memory. */
    private static BigDecimal bounded(BigDecimal number) throws Unacceptable {
        if (Math.abs((long) number.scale()) > LARGEST_EXPONENT) {
            throw new Unacceptable();
        }
        return number;
    }

    private static String whole(String text) throws Unacceptable {
        for (var at = 0; at < text.length(); at++) {
            var character = text.charAt(at);
            if (Character.isSurrogate(character)) {
                var paired = Character.isHighSurrogate(character)
                        && at + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(at + 1));
                if (!paired) {
                    throw new Unacceptable();
                }
                at++;
            }
        }
        return text;
    }

    /** Leaves the recursion; without a stack trace, because strangers decide how often it is thrown. */
    private static final class Unacceptable extends IOException {
        private static final long serialVersionUID = 1;

        @Override
        public Throwable fillInStackTrace() {
            return this;
        }
    }
}
