package io.triport.identity.handler;

import java.util.Set;

/** Queries as they were sent, with nothing decoded. */
public final class QueryString {
    private QueryString() {}

    /**
     * The same without these parameters, however their names are escaped.
     *
     * @param search empty, or begins with a question mark
     * @param names of letters, digits, hyphens and underscores
     */
    public static String without(String search, Set<String> names) {
        if (search.isEmpty() || names.isEmpty()) {
            return search;
        }
        var rest = new StringBuilder(search.length());
        for (var parameter : search.substring(1).split("&", -1)) {
            var equals = parameter.indexOf('=');
            if (!names.contains(unescaped(equals < 0 ? parameter : parameter.substring(0, equals)))) {
                rest.append(rest.isEmpty() ? '?' : '&').append(parameter);
            }
        }
        return rest.length() < 2 ? "" : rest.toString();
    }

    /** As whoever is behind us may read a name; what is not plain ASCII is none of those that are looked for. */
    private static String unescaped(String name) {
        if (name.indexOf('%') < 0) {
            return name;
        }
        var text = new StringBuilder(name.length());
        for (var i = 0; i < name.length(); i++) {
            var escape = name.charAt(i) == '%' && i + 2 < name.length() ? hex(name, i + 1) : -1;
            text.append(escape < 0 ? name.charAt(i) : (char) escape);
            i += escape < 0 ? 0 : 2;
        }
        return text.toString();
    }

    private static int hex(String name, int at) {
        var high = Character.digit(name.charAt(at), 16);
        var low = Character.digit(name.charAt(at + 1), 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    /** What stands before the question mark. */
    public static String pathOf(String target) {
        var question = target.indexOf('?');
        return question < 0 ? target : target.substring(0, question);
    }
}
