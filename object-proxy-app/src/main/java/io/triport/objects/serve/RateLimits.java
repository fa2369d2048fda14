package io.triport.objects.serve;

import io.triport.domain.identity.Grant;
import io.triport.domain.identity.Principal;
import io.triport.domain.request.Admission;
import io.triport.domain.request.Charge;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.RateLimit;
import io.triport.domain.request.RateLimiter;
import io.triport.objects.wire.S3Error;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How often callers may ask.
 *
 * @param anonymous by address; null for no limit
 * @param authenticated by principal; null for no limit
 */
public record RateLimits(
        @Nullable RateLimit anonymous, @Nullable RateLimit authenticated) {
    private static final int NETWORK_BYTES = 8;

    /** @throws io.triport.objects.wire.S3Refused SLOW_DOWN */
    void take(RateLimiter limiter, Fetch fetch, Grant grant) {
        var unknown = grant.principal().kind() == Principal.Kind.ANONYMOUS;
        var limit = unknown ? anonymous : authenticated;
        if (limit == null) {
            return;
        }
        var owner = unknown
                ? "s3-address " + network(fetch.peer().address())
                : "s3-principal " + grant.principal().id().unique();
        if (limiter.take(List.of(new Charge(owner, limit, 1))) instanceof Admission.Exhausted exhausted) {
            var wait = Math.max(1, exhausted.retryAfter().plusNanos(999_999_999).toSeconds());
            throw S3Error.SLOW_DOWN
                    .refused()
                    .field("Retry-After", Long.toString(wait))
                    .field(
                            "RateLimit-Policy",
                            "\"s3\";q=" + limit.limit() + ";w="
                                    + Math.max(1, limit.window().toSeconds()))
                    .field("RateLimit", "\"s3\";r=0;t=" + wait);
        }
    }

    /** One caller owns a /64 of IPv6 whole. */
    private static String network(InetAddress address) {
        var bytes = address.getAddress();
        return HexFormat.of().formatHex(address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
    }
}
