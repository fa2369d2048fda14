package io.triport.identity.jwt;

import io.triport.domain.request.Fetch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where a request may carry a token. */
public sealed interface TokenPlace {
    /** The tokens that it carries there, in the order sent. */
    List<String> tokens(Fetch request);

    /**
     * {@code Authorization: Bearer} (RFC 6750 section 2.1). A value without exactly two dots is no token of this kind, which is for
     * the mechanism to say where no other takes it: it is a claim all the same, and must not be taken for nobody's.
     */
    record Bearer() implements TokenPlace {
        private static final String FIELD = "authorization";
        private static final String SCHEME = "bearer ";

        @Override
        public List<String> tokens(Fetch request) {
            var values = request.headers().all(FIELD);
            if (values.size() == 1) {
                var value = values.getFirst();
                return bearer(value) ? List.of(token(value)) : List.of();
            }
            // Any second value, also one of another scheme, makes the field ambiguous.
            return values.stream().anyMatch(Bearer::bearer) ? values : List.of();
        }

        /** Two dots, and no more. */
        static boolean tokenLike(String value) {
            var first = value.indexOf('.');
            var second = value.indexOf('.', first + 1);
            return first >= 0 && second >= 0 && value.indexOf('.', second + 1) < 0;
        }

        private static boolean bearer(String value) {
            return value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) && begin(value) < value.length();
        }

        private static String token(String value) {
            return value.substring(begin(value));
        }

        private static int begin(String value) {
            var start = SCHEME.length();
            while (start < value.length() && value.charAt(start) == ' ') {
                start++;
            }
            return start;
        }
    }

    /** A field whose whole value is the token. @param name in lower case */
    record Header(String name) implements TokenPlace {
        public Header {
            name = name.toLowerCase(Locale.ROOT);
        }

        @Override
        public List<String> tokens(Fetch request) {
            return request.headers().all(name);
        }
    }

    /** A cookie (RFC 6265 section 5.4); several fields count as one (RFC 9113 section 8.2.3). */
    record Cookie(String name) implements TokenPlace {
        private static final String FIELD = "cookie";

        @Override
        public List<String> tokens(Fetch request) {
            var found = new ArrayList<String>();
            for (var field : request.headers().all(FIELD)) {
                for (var pair : field.split(";", -1)) {
                    var equals = pair.indexOf('=');
                    if (equals >= 0 && pair.substring(0, equals).strip().equals(name)) {
                        found.add(pair.substring(equals + 1).strip());
                    }
                }
            }
            return found;
        }
    }

    /** A parameter of the query, for WebSocket clients that cannot set headers. Without a request to upgrade it is misplaced. */
    record Query(String name) implements TokenPlace {
        @Override
        public List<String> tokens(Fetch request) {
            var search = request.target().search();
            if (search.isEmpty()) {
                return List.of();
            }
            var found = new ArrayList<String>();
            for (var parameter : search.substring(1).split("&", -1)) {
                if (parameter.startsWith(name) && parameter.startsWith("=", name.length())) {
                    found.add(parameter.substring(name.length() + 1));
                }
            }
            return found;
        }

        static boolean upgrading(Fetch request) {
            return request.headers()
                    .only("upgrade")
                    .filter("websocket"::equalsIgnoreCase)
                    .isPresent();
        }
    }
}
