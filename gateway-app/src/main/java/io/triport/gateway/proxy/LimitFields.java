package io.triport.gateway.proxy;

import io.netty.handler.codec.http.HttpHeaders;
import io.triport.domain.request.Admission;
import io.triport.identity.limit.NamedLimit;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** What answers say of the limits of their route (gateway.md section 8). What is the same on all of them is written once. */
final class LimitFields {
    private final String policies;
    private final List<Said> limits;

    /** What is always said of a limit: its place in the field, and how much it is. */
    private record Said(String member, String most) {
        static Said of(NamedLimit limit) {
            return new Said(
                    '"' + limit.name() + "\";r=", Long.toString(limit.limit().limit()));
        }
    }

    LimitFields(List<NamedLimit> limits) {
        this.limits = limits.stream().map(Said::of).toList();
        this.policies = limits.stream().map(LimitFields::policy).collect(Collectors.joining(", "));
    }

    private static String policy(NamedLimit limit) {
        return '"' + limit.name() + "\";q=" + limit.limit().limit() + ";w="
                + seconds(limit.limit().window());
    }

    /** What there is, where nobody was asked how much of it is left. */
    void setPolicies(HttpHeaders response) {
        response.set(Name.RATE_LIMIT_POLICY, policies);
    }

    void set(HttpHeaders response, Admission admission, Clock clock) {
        var said = admission.standings();
        var standings = new StringBuilder(48);
        var tightest = 0;
        for (var i = 0; i < limits.size(); i++) {
            var standing = said.get(i);
            standings
                    .append(i > 0 ? ", " : "")
                    .append(limits.get(i).member())
                    .append(standing.remaining())
                    .append(";t=")
                    .append(seconds(standing.wholeAfter()));
            if (standing.remaining() < said.get(tightest).remaining()) {
                tightest = i;
            }
        }
        setPolicies(response);
        response.set(Name.RATE_LIMIT, standings.toString());
        var old = said.get(tightest);
        response.set(Name.OLD_LIMIT, limits.get(tightest).most());
        response.set(Name.OLD_REMAINING, Long.toString(old.remaining()));
        var reset = clock.instant().plus(old.wholeAfter());
        response.set(Name.OLD_RESET, Long.toString(reset.getEpochSecond() + (reset.getNano() > 0 ? 1 : 0)));
    }

    /** Whole ones, rounded up. */
    private static long seconds(Duration duration) {
        return duration.plusNanos(999_999_999).toSeconds();
    }
}
