package io.triport.gateway.proxy;

import io.netty.handler.codec.http.HttpHeaders;
import io.triport.domain.request.Admission;
import io.triport.identity.limit.NamedLimit;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** What an answer says of the limits of its route (gateway.md section 8). */
final class LimitFields {
    private LimitFields() {}

    static void set(HttpHeaders response, List<NamedLimit> limits, Admission admission, Clock clock) {
        var policies = new StringBuilder(48);
        var standings = new StringBuilder(48);
        var tightest = 0;
        for (var i = 0; i < limits.size(); i++) {
            var standing = admission.standings().get(i);
            var limit = limits.get(i);
            separate(policies, limit.name()).append(";q=").append(limit.limit().limit());
            policies.append(";w=").append(seconds(limit.limit().window()));
            separate(standings, limit.name()).append(";r=").append(standing.remaining());
            standings.append(";t=").append(seconds(standing.wholeAfter()));
            if (standing.remaining() < admission.standings().get(tightest).remaining()) {
                tightest = i;
            }
        }
        response.set("RateLimit-Policy", policies.toString());
        response.set("RateLimit", standings.toString());
        var old = admission.standings().get(tightest);
        response.set(
                "X-RateLimit-Limit", Long.toString(limits.get(tightest).limit().limit()));
        response.set("X-RateLimit-Remaining", Long.toString(old.remaining()));
        var reset = clock.instant().plus(old.wholeAfter());
        response.set("X-RateLimit-Reset", Long.toString(reset.getEpochSecond() + (reset.getNano() > 0 ? 1 : 0)));
    }

    private static StringBuilder separate(StringBuilder members, String name) {
        if (!members.isEmpty()) {
            members.append(", ");
        }
        return members.append('"').append(name).append('"');
    }

    /** Whole ones, rounded up. */
    private static long seconds(Duration duration) {
        return duration.plusNanos(999_999_999).toSeconds();
    }
}
