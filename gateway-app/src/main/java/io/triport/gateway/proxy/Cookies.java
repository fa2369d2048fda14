package io.triport.gateway.proxy;

import java.util.Set;

/** Cookies of a request. */
final class Cookies {
    private Cookies() {}

    /** The field's value without these cookies, empty when none is left. */
    static String without(String value, Set<String> names) {
        if (names.isEmpty()) {
            return value;
        }
        var rest = new StringBuilder(value.length());
        for (var pair : value.split(";", -1)) {
            var text = pair.strip();
            var equals = text.indexOf('=');
            if (!text.isEmpty()
                    && !names.contains(
                            equals < 0 ? text : text.substring(0, equals).strip())) {
                rest.append(rest.isEmpty() ? "" : "; ").append(text);
            }
        }
        return rest.toString();
    }
}
