package io.triport.gateway.proxy;

import java.util.Set;

/** Queries as they were sent, with nothing decoded. */
final class QueryString {
    private QueryString() {}

    /** The same without these parameters. @param search empty, or begins with a question mark */
    static String without(String search, Set<String> names) {
        if (search.isEmpty() || names.isEmpty()) {
            return search;
        }
        var rest = new StringBuilder(search.length());
        for (var parameter : search.substring(1).split("&", -1)) {
            var equals = parameter.indexOf('=');
            if (!names.contains(equals < 0 ? parameter : parameter.substring(0, equals))) {
                rest.append(rest.isEmpty() ? '?' : '&').append(parameter);
            }
        }
        return rest.length() < 2 ? "" : rest.toString();
    }

    static String pathOf(String target) {
        var question = target.indexOf('?');
        return question < 0 ? target : target.substring(0, question);
    }
}
