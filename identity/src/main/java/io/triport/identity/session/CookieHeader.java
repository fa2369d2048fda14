package io.triport.identity.session;

import io.triport.domain.request.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The cookies of a request (RFC 6265 section 5.4). */
final class CookieHeader {
    private static final String NAME = "cookie";

    private CookieHeader() {}

    /** All values under a name, in the order sent; several fields count as one (RFC 9113 section 8.2.3). */
    static List<String> all(Headers headers, String name) {
        var values = new ArrayList<String>();
        for (var field : headers.all(NAME)) {
            var named = Pattern.compile("(?:^|;)[ \t]*" + Pattern.quote(name) + "[ \t]*=([^;]*)")
                    .matcher(field);
            while (named.find()) {
                values.add(named.group(1).strip());
            }
        }
        return values;
    }
}
