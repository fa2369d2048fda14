package io.triport.gateway.proxy;

import io.netty.handler.codec.http.HttpHeaders;
import io.triport.domain.request.TransportSecurity;
import io.triport.gateway.config.FrontSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the gateway says of itself on every answer, its own and those of upstreams (gateway.md section 6). */
final class OwnFields {
    private static final double NANOS_PER_MILLI = 1e6;

    private OwnFields() {}

    /** @param took since the request began. @param waited for the upstream; null where none answered */
    static void set(
            HttpHeaders response,
            ClientRequest request,
            FrontSettings front,
            Duration took,
            @Nullable Duration waited) {
        response.set(Name.REQUEST_ID, request.id().text());
        response.set(Name.SERVER_TIMING, timing(took, waited));
        if (front.compat().responseTime()) {
            response.set("X-Response-Time", Math.round(took.toNanos() / NANOS_PER_MILLI) + "ms");
        }
        if (front.securityHeaders()) {
            response.set("X-Content-Type-Options", "nosniff");
            if (!request.security().equals(TransportSecurity.PLAIN)) {
                response.set("Strict-Transport-Security", "max-age=31536000");
            }
        }
    }

    private static String timing(Duration took, @Nullable Duration waited) {
        var text = new StringBuilder(40).append("gw;dur=");
        if (waited == null) {
            tenths(text, took.toNanos());
        } else {
            tenths(text, took.minus(waited).toNanos());
            tenths(text.append(", up;dur="), waited.toNanos());
        }
        return text.toString();
    }

    private static void tenths(StringBuilder text, long nanos) {
        var tenths = Math.round(nanos / (NANOS_PER_MILLI / 10));
        text.append(tenths / 10).append('.').append(tenths % 10);
    }
}
