package io.triport.storage.s3;

import io.triport.domain.object.PassedFields;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Which fields of an endpoint's answer go on to the caller, and which of the caller's go with calls of our own beside his. */
final class Passing {
    /** Those of one connection (RFC 9110 section 7.6.1), and what tells who stands behind us. */
    private static final Set<String> OF_THE_HOP = Set.of(
            "alt-svc",
            "connection",
            "forwarded",
            "keep-alive",
            "server",
            "set-cookie",
            "set-cookie2",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "via",
            "www-authenticate",
            "x-amz-bucket-region",
            "x-amz-server-side-encryption-aws-kms-key-id",
            "x-amz-server-side-encryption-context");

    /** What the port itself carries, or who answers makes anew. */
    private static final Set<String> CARRIED = Set.of(
            "accept-ranges",
            "allow",
            "cache-control",
            "content-disposition",
            "content-encoding",
            "content-language",
            "content-length",
            "content-md5",
            "content-range",
            "content-type",
            "date",
            "etag",
            "expires",
            "last-modified",
            "location",
            "retry-after",
            "server-timing",
            "triport-layer",
            "vary",
            "x-amz-delete-marker",
            "x-amz-id-2",
            "x-amz-mp-parts-count",
            "x-amz-request-id",
            "x-amz-storage-class",
            "x-amz-tagging-count");

    private static final List<String> LEFT_OUT =
            List.of("access-control-", "proxy-", "x-amz-checksum-", Heads.USER, "x-forwarded-");
    private static final String CUSTOMER_KEY = "x-amz-server-side-encryption-customer-";
    private static final String SOURCE_KEY = "x-amz-copy-source-server-side-encryption-customer-";

    /** What any request of a caller may need to be let in. */
    private static final Set<String> OF_THE_CALLER = Set.of("x-amz-request-payer", "x-amz-expected-bucket-owner");

    private Passing() {}

    static Map<String, String> answered(List<Map.Entry<String, String>> fields) {
        var left = new HashSet<String>();
        fields.stream()
                .filter(field -> field.getKey().equalsIgnoreCase("connection"))
                .flatMap(field -> Arrays.stream(field.getValue().split(",", -1)))
                .forEach(name -> left.add(name.strip().toLowerCase(Locale.ROOT)));
        var passed = new HashMap<String, String>();
        for (var field : fields) {
            var name = field.getKey().toLowerCase(Locale.ROOT);
            if (!left.contains(name) && goesOn(name)) {
                passed.merge(name, field.getValue(), (before, next) -> before + ", " + next);
            }
        }
        return passed;
    }

    private static boolean goesOn(String name) {
        return !OF_THE_HOP.contains(name)
                && !CARRIED.contains(name)
                && LEFT_OUT.stream().noneMatch(name::startsWith);
    }

    /** For a look at the object that the caller's call is about. */
    static PassedFields aside(PassedFields fields) {
        return aside(fields, CUSTOMER_KEY, name -> name);
    }

    /** For a look at what his copy comes from, whose key has names of its own there. */
    static PassedFields asideOfSource(PassedFields fields) {
        return aside(fields, SOURCE_KEY, name -> CUSTOMER_KEY + name.substring(SOURCE_KEY.length()));
    }

    private static PassedFields aside(PassedFields fields, String keyFields, UnaryOperator<String> renamed) {
        var chosen = fields.asked().entrySet().stream()
                .filter(field -> field.getKey().startsWith(keyFields) || OF_THE_CALLER.contains(field.getKey()))
                .collect(Collectors.toMap(
                        field -> field.getKey().startsWith(keyFields) ? renamed.apply(field.getKey()) : field.getKey(),
                        Map.Entry::getValue));
        return chosen.isEmpty() ? PassedFields.NONE : PassedFields.of(chosen);
    }
}
