package io.triport.objects.config;

import io.triport.domain.request.ByteSize;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import io.triport.objects.bucket.Quota;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads bandwidth quotas: that of a bucket, and the published form that has all of them by bucket. */
public final class QuotaReader {
    private static final Value<Long> LIMIT_BYTES = Value.number(1, Long.MAX_VALUE / 4);
    private static final Value<Long> WINDOW_SECONDS =
            Value.number(1, Duration.ofDays(366).toSeconds());
    private static final Value<Quota.Scope> SCOPE = Value.oneOf(Quota.Scope.values());
    private static final Value<Quota.Direction> DIRECTION = Value.oneOf(Quota.Direction.values());

    private QuotaReader() {}

    static Quota read(Section section) {
        var limit = section.optional("limit_bytes", LIMIT_BYTES, "How many bytes may pass in a window.")
                .orElseThrow(() -> section.error("limit_bytes", "missing", LIMIT_BYTES.expectation()));
        var window = section.optional("window_secs", WINDOW_SECONDS, "How long a window is, in seconds.")
                .orElseThrow(() -> section.error("window_secs", "missing", WINDOW_SECONDS.expectation()));
        return new Quota(
                ByteSize.ofBytes(limit),
                Duration.ofSeconds(window),
                section.value("scope", SCOPE, "identity", "Who shares it: each identity its own, or all one."),
                section.value("direction", DIRECTION, "both", "Which bytes count: what goes out, comes in, or both."));
    }

    /** Of each bucket that is named. One without a limit has none, as the proxy has it that is replaced. */
    public static Map<String, Quota> all(Section document) {
        var quotas = new LinkedHashMap<String, Quota>();
        for (var bucket : document.names()) {
            var section = document.section(bucket);
            if (section.has("limit_bytes")) {
                quotas.put(bucket, read(section));
            } else {
                section.optional("window_secs", WINDOW_SECONDS, "How long a window is, in seconds.");
            }
        }
        document.refuseUnknown();
        return quotas;
    }
}
