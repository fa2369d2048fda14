package io.triport.identity.sigv4;

import io.triport.domain.request.Fetch;
import io.triport.domain.request.Headers;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds the signature of a request and reads it. Every problem leaves as a {@link Refusal}. */
record ClaimReader(PayloadRule rule) {
    private static final String NAME_MARKS = "!#$%&'*+.^_`|~-";
    private static final Pattern EXPIRES = Pattern.compile("[0-9]{1,6}");
    private static final Set<String> FIELDS = Set.of("Credential", "SignedHeaders", "Signature");
    private static final Set<String> ALGORITHMS = Set.of(AwsNames.ALGORITHM);
    private static final long LONGEST_URL_SECONDS = 604_800;

    /** Parameters of which one alone says that the query is meant to be signed. */
    private static final List<String> MARKS =
            List.of(AwsNames.QUERY_ALGORITHM, AwsNames.QUERY_CREDENTIAL, AwsNames.QUERY_SIGNATURE);

    /** The signature of the version before this one. */
    private static final String OLD_MARK = "Signature";

    /** Whether a request means to be signed, in whatever way. */
    static boolean present(Fetch request) {
        if (request.headers().has(AwsNames.AUTHORIZATION)) {
            return true;
        }
        var query = QueryParameters.of(request.target());
        return MARKS.stream().anyMatch(query::has) || query.has(OLD_MARK);
    }

    SignatureClaim read(Fetch request) {
        var query = QueryParameters.of(request.target());
        var inQuery = MARKS.stream().anyMatch(query::has);
        var headers = request.headers().all(AwsNames.AUTHORIZATION);
        if (headers.size() > 1 || (inQuery && !headers.isEmpty())) {
            throw new Refusal(SigV4Problem.Kind.TWO_SIGNATURES);
        }
        if (inQuery) {
            return inQuery(request.headers(), query);
        }
        if (headers.isEmpty()) {
            throw new Refusal(SigV4Problem.Kind.OLD_VERSION);
        }
        return inHeader(request.headers(), headers.getFirst());
    }

    private SignatureClaim inHeader(Headers headers, String authorization) {
        var blank = authorization.indexOf(' ');
        var algorithm = blank < 0 ? authorization : authorization.substring(0, blank);
        if (Set.of(AwsNames.OLD_ALGORITHM).contains(algorithm)) {
            throw new Refusal(SigV4Problem.Kind.OLD_VERSION);
        }
        var fields = ALGORITHMS.contains(algorithm) && blank > 0
                ? fields(authorization.substring(blank + 1))
                : Map.<String, String>of();
        var credential = CredentialScope.parse(fields.getOrDefault("Credential", ""));
        var names = names(fields.getOrDefault("SignedHeaders", ""));
        var signature = fields.getOrDefault("Signature", "");
        if (credential.isEmpty() || names.isEmpty() || !WireText.isHash(signature)) {
            throw new Refusal(SigV4Problem.Kind.HEADER_MALFORMED);
        }
        var time = time(headers).orElseThrow(() -> new Refusal(SigV4Problem.Kind.NO_TIME));
        return new SignatureClaim(
                new SignatureClaim.Place.Header(),
                credential.get(),
                names,
                signature,
                time,
                token(headers),
                payload(headers));
    }

    private SignatureClaim inQuery(Headers headers, QueryParameters query) {
        var algorithm = one(query, AwsNames.QUERY_ALGORITHM);
        var credential = CredentialScope.parse(one(query, AwsNames.QUERY_CREDENTIAL));
        var names = names(one(query, AwsNames.QUERY_SIGNED_HEADERS));
        var signature = one(query, AwsNames.QUERY_SIGNATURE);
        var time = AmzTime.parse(one(query, AwsNames.QUERY_DATE));
        var expires = expires(one(query, AwsNames.QUERY_EXPIRES));
        if (!ALGORITHMS.contains(algorithm)
                || credential.isEmpty()
                || names.isEmpty()
                || time.isEmpty()
                || expires.isEmpty()
                || !WireText.isHash(signature)) {
            throw new Refusal(SigV4Problem.Kind.QUERY_MALFORMED);
        }
        return new SignatureClaim(
                new SignatureClaim.Place.Query(expires.get()),
                credential.get(),
                names,
                signature,
                time.get(),
                query.has(AwsNames.QUERY_SECURITY_TOKEN) ? one(query, AwsNames.QUERY_SECURITY_TOKEN) : token(headers),
                payload(headers, query));
    }

    /** The fields of the header, in any order, each once, and none that is not known; none at all when they are not of this form. */
    private static Map<String, String> fields(String text) {
        var fields = new HashMap<String, String>();
        for (var part : text.split(",", -1)) {
            var field = part.strip();
            var equals = field.indexOf('=');
            if (equals < 0
                    || !FIELDS.contains(field.substring(0, equals))
                    || fields.put(field.substring(0, equals), field.substring(equals + 1)) != null) {
                return Map.of();
            }
        }
        return fields;
    }

    /** Names of headers in lower case, each once; none when the text is not of this form. */
    private static List<String> names(String text) {
        var names = List.of(text.split(";", -1));
        for (var name : names) {
            if (!isName(name)) {
                return List.of();
            }
        }
        return new HashSet<>(names).size() == names.size() ? names : List.of();
    }

    private static boolean isName(String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || NAME_MARKS.indexOf(c) >= 0)) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static String one(QueryParameters query, String name) {
        var values = query.all(name);
        if (values.size() != 1) {
            throw new Refusal(SigV4Problem.Kind.QUERY_MALFORMED);
        }
        return values.getFirst();
    }

    private static Optional<Duration> expires(String text) {
        return EXPIRES.matcher(text).matches()
                ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
                        .filter(expires -> expires.isPositive() && expires.toSeconds() <= LONGEST_URL_SECONDS)
                : Optional.empty();
    }

    private static Optional<AmzTime> time(Headers headers) {
        return headers.has(AwsNames.X_AMZ_DATE)
                ? headers.only(AwsNames.X_AMZ_DATE).flatMap(AmzTime::parse)
                : headers.only(AwsNames.DATE).flatMap(AmzTime::parseDate);
    }

    private static String token(Headers headers) {
        var tokens = headers.all(AwsNames.SECURITY_TOKEN);
        if (tokens.size() > 1) {
            throw new Refusal(SigV4Problem.Kind.TOKEN);
        }
        return tokens.isEmpty() ? "" : tokens.getFirst();
    }

    private PayloadHash payload(Headers headers) {
        if (rule == PayloadRule.HELD) {
            return new PayloadHash.Unsigned();
        }
        var values = headers.all(AwsNames.CONTENT_SHA256);
        if (values.isEmpty()) {
            throw new Refusal(SigV4Problem.Kind.NO_PAYLOAD_HASH);
        }
        return payload(headers, values);
    }

    private PayloadHash payload(Headers headers, QueryParameters query) {
        var said = query.all(AwsNames.QUERY_CONTENT_SHA256);
        var values = said.isEmpty() ? headers.all(AwsNames.CONTENT_SHA256) : said;
        return rule == PayloadRule.HELD || values.isEmpty() ? new PayloadHash.Unsigned() : payload(headers, values);
    }

    private static PayloadHash payload(Headers headers, List<String> values) {
        var payload = values.size() == 1 ? PayloadHash.parse(values.getFirst()) : Optional.<PayloadHash>empty();
        return switch (payload.orElseThrow(() -> new Refusal(SigV4Problem.Kind.BAD_PAYLOAD_HASH))) {
            case PayloadHash.Framed framed -> {
                // Read here, because a body without it could not be judged to its end.
                DecodedLength.of(headers);
                yield framed;
            }
            case PayloadHash other -> other;
        };
    }
}
