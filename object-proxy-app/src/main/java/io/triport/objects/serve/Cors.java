package io.triport.objects.serve;

import io.triport.domain.request.Fetch;
import io.triport.identity.stream.StreamReply;
import io.triport.objects.bucket.Bucket;
import io.triport.objects.bucket.CorsRule;
import io.triport.objects.wire.S3Error;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers to browsers about requests of other origins (Fetch standard, CORS protocol). */
final class Cors {
    private Cors() {}

    static StreamReply preflight(Fetch fetch, Optional<Bucket> bucket) {
        var origin = fetch.headers().only("origin").orElse("");
        var method = fetch.headers().only("access-control-request-method").orElse("");
        if (origin.isEmpty() || method.isEmpty()) {
            throw S3Error.INVALID_REQUEST.refused(
                    "Insufficient information. Origin request header needed, and Access-Control-Request-Method.");
        }
        var names = fetch.headers().all("access-control-request-headers").stream()
                .flatMap(value -> List.of(value.split(",", -1)).stream())
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        var rule = rules(bucket).stream()
                .filter(each -> each.takes(origin, method) && each.takesFields(names))
                .findFirst()
                .orElseThrow(() -> S3Error.ACCESS_FORBIDDEN
                        .refused()
                        .with("Method", method)
                        .with("ResourceType", "BUCKET"));
        var reply = StreamReply.of(200)
                .with(granted(rule, origin))
                .with("Access-Control-Allow-Methods", String.join(", ", rule.methods()))
                .with("Vary", "Origin, Access-Control-Request-Headers, Access-Control-Request-Method");
        if (!names.isEmpty()) {
            reply = reply.with("Access-Control-Allow-Headers", String.join(", ", names));
        }
        return rule.maxAgeSeconds() < 0
                ? reply
                : reply.with("Access-Control-Max-Age", Integer.toString(rule.maxAgeSeconds()));
    }

    /** The fields that go with any answer to a request of another origin, errors included. */
    static List<StreamReply.Field> simple(Fetch fetch, Optional<Bucket> bucket) {
        var origin = fetch.headers().only("origin").orElse("");
        var rules = rules(bucket);
        var fields = new ArrayList<StreamReply.Field>();
        if (rules.isEmpty()) {
            return fields;
        }
        fields.add(new StreamReply.Field("Vary", "Origin"));
        if (!origin.isEmpty()) {
            rules.stream()
                    .filter(each -> each.takes(origin, fetch.method().text()))
                    .findFirst()
                    .ifPresent(rule -> {
                        fields.addAll(granted(rule, origin));
                        if (!rule.exposed().isEmpty()) {
                            fields.add(new StreamReply.Field(
                                    "Access-Control-Expose-Headers", String.join(", ", rule.exposed())));
                        }
                    });
        }
        return fields;
    }

    private static List<StreamReply.Field> granted(CorsRule rule, String origin) {
        var fields = new ArrayList<StreamReply.Field>(2);
        fields.add(new StreamReply.Field("Access-Control-Allow-Origin", rule.open() ? "*" : origin));
        if (rule.credentials() == CorsRule.Credentials.ALLOWED) {
            fields.add(new StreamReply.Field("Access-Control-Allow-Credentials", "true"));
        }
        return fields;
    }

    private static List<CorsRule> rules(Optional<Bucket> bucket) {
        return bucket.map(Bucket::cors).orElse(List.of());
    }
}
