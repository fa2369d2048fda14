package io.triport.identity.oidc;

import io.triport.domain.request.InvalidInput;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Fields of {@code application/x-www-form-urlencoded}, each name once. */
record FormFields(Map<String, String> fields) {
    private static final int MOST_CHARACTERS = 16_384;
    private static final int MOST_FIELDS = 64;

    /** @throws InvalidInput for a name that occurs twice, bad escapes, and more than 64 fields or 16 KiB */
    static FormFields parse(String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw refusal();
        }
        var fields = new HashMap<String, String>();
        if (text.isEmpty()) {
            return new FormFields(fields);
        }
        for (var pair : text.split("&", -1)) {
            var equals = pair.indexOf('=');
            var name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            if (fields.put(name, equals < 0 ? "" : decoded(pair.substring(equals + 1))) != null
                    || fields.size() > MOST_FIELDS) {
                throw refusal();
            }
        }
        return new FormFields(fields);
    }

    static String write(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    boolean has(String name) {
        return fields.containsKey(name);
    }

    /** The value, empty when there is none. */
    String value(String name) {
        return fields.getOrDefault(name, "");
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw refusal();
        }
    }

    private static InvalidInput refusal() {
        return new InvalidInput("form", "at most 64 fields of different names");
    }
}
