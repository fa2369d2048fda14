package io.triport.identity.apikey;

import io.triport.domain.identity.Reason;
import io.triport.domain.request.Fetch;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a request shows of API keys, before any of it is believed. */
sealed interface Presented {
    String KEY_HEADER = "x-api-key";
    String AUTHORIZATION = "authorization";
    String CLIENT_ID = "cf-access-client-id";
    String CLIENT_SECRET = "cf-access-client-secret";
    String CLIENT_SUFFIX = ".access";

    /** The scheme's name in any case, blanks, and a value (RFC 9110 section 11.4). */
    Pattern BEARER = Pattern.compile("(?i:bearer) +(\\S.*)");

    /** Nothing of this kind. */
    record Nothing() implements Presented {}

    /** One value in one header. */
    record Whole(String value) implements Presented {}

    /** Id and secret in headers of their own. */
    record Pair(String id, String secret) implements Presented {}

    /** Something that is refused whatever it says. */
    record Unusable(Reason reason) implements Presented {}

    String MAIL = "x-auth-email";
    String MAIL_KEY = "x-auth-key";

    /** A key beside an address, as Cloudflare's older clients send it. The address says nothing: the key names its owner. */
    static Presented besideMail(Fetch request) {
        var keys = request.headers().all(MAIL_KEY);
        if (keys.isEmpty()) {
            return new Nothing();
        }
        return keys.size() > 1 || request.headers().all(MAIL).size() != 1
                ? new Unusable(keys.size() > 1 ? Reason.AMBIGUOUS_CREDENTIALS : Reason.MISSING_HEADER)
                : new Whole(keys.getFirst());
    }

    static Presented in(Fetch request) {
        var headers = request.headers();
        var values = new ArrayList<>(headers.all(KEY_HEADER));
        var ids = headers.all(CLIENT_ID);
        var secrets = headers.all(CLIENT_SECRET);
        var authorizations = headers.all(AUTHORIZATION);
        var bearers = bearers(authorizations);
        values.addAll(bearers);
        var shown = values.size() + Math.max(ids.size(), secrets.size());
        if (shown == 0) {
            return inQuery(request) ? new Unusable(Reason.CREDENTIAL_MISPLACED) : new Nothing();
        }
        if (shown > 1 || (!bearers.isEmpty() && authorizations.size() > 1)) {
            return new Unusable(Reason.AMBIGUOUS_CREDENTIALS);
        }
        if (inQuery(request)) {
            return new Unusable(Reason.CREDENTIAL_MISPLACED);
        }
        if (!values.isEmpty()) {
            return new Whole(values.getFirst());
        }
        return ids.isEmpty() || secrets.isEmpty()
                ? new Unusable(Reason.MISSING_HEADER)
                : new Pair(ids.getFirst(), secrets.getFirst());
    }

    /** Two dots make three segments, which belong to the mechanism {@code jwt}. */
    static boolean likeJwt(String value) {
        return value.chars().filter(c -> c == '.').count() == 2;
    }

    private static List<String> bearers(List<String> authorizations) {
        return authorizations.stream()
                .map(BEARER::matcher)
                .filter(Matcher::matches)
                .map(bearer -> bearer.group(1))
                .filter(value -> !likeJwt(value))
                .toList();
    }

    /** Whether a whole key stands in the query: addresses end up in logs, histories and the Referer of other sites. */
    private static boolean inQuery(Fetch request) {
        var search = request.target().search();
        for (var at = search.indexOf(ApiKey.PREFIX); at >= 0; at = search.indexOf(ApiKey.PREFIX, at + 1)) {
            var end = search.indexOf('&', at);
            if (ApiKey.read(end < 0 ? search.substring(at) : search.substring(at, end))
                    .isPresent()) {
                return true;
            }
        }
        return false;
    }
}
