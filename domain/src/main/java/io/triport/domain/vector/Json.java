package io.triport.domain.vector;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A JSON value (RFC 8259). */
sealed interface Json {
    /** @param members in their order; of two with one name the last is kept */
    record Members(Map<String, Json> members) implements Json {
        @Override
        public String compact() {
            return members.entrySet().stream()
                    .map(member ->
                            quoted(member.getKey()) + ':' + member.getValue().compact())
                    .collect(Collectors.joining(",", "{", "}"));
        }
    }

    /** An array. */
    record Elements(List<Json> elements) implements Json {
        @Override
        public String compact() {
            return elements.stream().map(Json::compact).collect(Collectors.joining(",", "[", "]"));
        }
    }

    /** A string. */
    record Text(String text) implements Json {
        @Override
        public String compact() {
            return quoted(text);
        }
    }

    /** A number. @param digits as it was written, so that none is lost */
    record Numeral(String digits) implements Json {
        @Override
        public String compact() {
            return digits;
        }
    }

    /** True, false or null. */
    record Word(String word) implements Json {
        static final Word TRUE = new Word("true");
        static final Word FALSE = new Word("false");
        static final Word NULL = new Word("null");

        @Override
        public String compact() {
            return word;
        }
    }

    /** Without white space. */
    String compact();

    /** What an index has of it; empty for null, arrays, objects, and numbers too large for double precision. */
    default Optional<FieldValue> field() {
        return switch (this) {
            case Text(var text) -> Optional.of(new FieldValue.Text(VectorText.utf8(text)));
            case Numeral(var digits) ->
                Optional.of(Double.parseDouble(digits)).filter(Double::isFinite).map(FieldValue.Numeric::new);
            case Word word when word.equals(Word.NULL) -> Optional.empty();
            case Word word -> Optional.of(new FieldValue.Truth(word.equals(Word.TRUE)));
            case Elements elements -> Optional.empty();
            case Members members -> Optional.empty();
        };
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (c < ' ') {
                        quoted.append("\\u%04x".formatted((int) c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }
}
