package io.triport.objects.serve;

import io.triport.domain.identity.Grant;
import io.triport.domain.identity.Principal;
import io.triport.domain.request.Admission;
import io.triport.domain.request.Charge;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.RateLimit;
import io.triport.domain.request.RateLimiter;
import io.triport.objects.wire.S3Error;
import io.triport.objects.wire.S3Refused;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How often callers may ask.
 *
 * @param anonymous by address; null for no limit
 * @param authenticated by principal; null for no limit
 * @param sts by address; null for no limit
 */
public record RateLimits(
        @Nullable RateLimit anonymous,
        @Nullable RateLimit authenticated,
        @Nullable RateLimit sts) {
    private static final int NETWORK_BYTES = 8;
    private static final String POLICY = "RateLimit-Policy";

    /** @throws io.triport.objects.wire.S3Refused SLOW_DOWN */
    void take(RateLimiter limiter, Fetch fetch, Grant grant) {
        var unknown = grant.principal().kind() == Principal.Kind.ANONYMOUS;
        var owner = unknown
                ? "s3-address " + network(fetch.peer().address())
                : "s3-principal " + grant.principal().id().unique();
        var fields =
                taken(limiter, unknown ? "anonymous" : "authenticated", owner, unknown ? anonymous : authenticated);
        if (!fields.isEmpty()) {
            var refused = S3Error.SLOW_DOWN.refused();
            for (var field : fields.entrySet()) {
                refused = refused.field(field.getKey(), field.getValue());
            }
            throw refused;
        }
    }

    /** Of which kind of callers the limit was that refused a request; empty where none did. */
    static Optional<String> exceeded(S3Refused refused) {
        return Optional.ofNullable(refused.fields().get(POLICY)).map(policy -> policy.split("\"", -1)[1]);
    }

    /** Counts a question to STS, before anything of it is read. The fields of the refusal; none where it may go on. */
    public Map<String, String> takeSts(RateLimiter limiter, Fetch fetch) {
        return taken(limiter, "sts", "sts-address " + network(fetch.peer().address()), sts);
    }

    private static Map<String, String> taken(
            RateLimiter limiter, String policy, String owner, @Nullable RateLimit limit) {
        if (limit == null
                || !(limiter.take(List.of(new Charge(owner, limit, 1))) instanceof Admission.Exhausted exhausted)) {
            return Map.of();
        }
        var wait = Math.max(1, exhausted.retryAfter().plusNanos(999_999_999).toSeconds());
        var window = Math.max(1, limit.window().toSeconds());
        var fields = new LinkedHashMap<String, String>();
        fields.put("Retry-After", Long.toString(wait));
        fields.put(POLICY, '"' + policy + "\";q=" + limit.limit() + ";w=" + window);
        fields.put("RateLimit", '"' + policy + "\";r=0;t=" + wait);
        return fields;
    }

    /** One caller owns a /64 of IPv6 whole. */
    private static String network(InetAddress address) {
        var bytes = address.getAddress();
        return HexFormat.of().formatHex(address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
    }
}
