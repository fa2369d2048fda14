package io.triport.gateway.config;

import io.triport.domain.request.Cidr;
import io.triport.domain.request.InvalidInput;
import io.triport.gateway.route.PathPattern;
import io.triport.identity.config.Value;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/** How the settings that only the gateway has are read. */
final class Values {
    static final Duration MILLI = Duration.ofMillis(1);

    static final Value<String> NAME = Value.matching("[a-z][a-z0-9-]{0,31}", "1..32 characters of a-z 0-9 -");
    static final Value<String> ROUTE_ID =
            Value.matching("[A-Za-z0-9][A-Za-z0-9._-]{0,63}", "1..64 characters of A-Z a-z 0-9 . _ -");
    static final Value<String> FIELD_NAME =
            Value.matching("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}", "the name of a header field");
    static final Value<String> FIELD_VALUE = Value.matching(
            "[\\x21-\\x7E]([\\x20-\\x7E\\t]{0,1022}[\\x21-\\x7E])?|", "visible ASCII, without blanks at its ends");
    static final Value<String> METHOD = Value.matching("[A-Z]{1,16}", "a method such as GET");
    static final Value<PathPattern> PATH =
            new Value<>("/prefix or =/exact, not encoded, without dot or empty segments", PathPattern::parse);
    static final Value<Integer> WEIGHT = Value.integer(0, 1_000);

    /** In lower case, {@code *.} in front for all names below. */
    static final Value<String> HOST = new Value<>("a host name, or *.example.org", text -> {
        var name = text.toLowerCase(Locale.ROOT);
        if (!name.matches("(\\*\\.)?[a-z0-9_-]+(\\.[a-z0-9_-]+)*|\\[[0-9a-f:.]+]")) {
            throw new InvalidInput("host", "a host name, or *.example.org");
        }
        return name;
    });

    /** Scheme, host and port alone, as a browser sends it. */
    static final Value<String> ORIGIN = new Value<>("an origin such as https://app.example.org, or *", text -> {
        if (text.equals("*")) {
            return text;
        }
        var uri = URI.create(text);
        var whole = uri.getScheme() != null
                && Set.of("http", "https").contains(uri.getScheme())
                && uri.getHost() != null
                && text.equals(uri.getScheme() + "://" + uri.getRawAuthority())
                && uri.getRawUserInfo() == null
                && text.equals(text.toLowerCase(Locale.ROOT));
        if (!whole) {
            throw new InvalidInput("origin", "scheme, host and port alone");
        }
        return text;
    });

    /** {@code 20%} as 0.2. */
    static final Value<Double> PERCENT = new Value<>(
            "0%..100%",
            text -> {
                if (!text.matches("[0-9]{1,3}%") || Integer.parseInt(text.substring(0, text.length() - 1)) > 100) {
                    throw new InvalidInput("share", "0%..100%");
                }
                return Integer.parseInt(text.substring(0, text.length() - 1)) / 100.0;
            });

    static final Value<Double> SHARE = new Value<>("0.01..1", text -> {
        if (!text.matches("[01](\\.[0-9]{1,4})?")) {
            throw new InvalidInput("share", "0.01..1");
        }
        var share = Double.parseDouble(text);
        if (share < 0.01 || share > 1) {
            throw new InvalidInput("share", "0.01..1");
        }
        return share;
    });

    /** {@code 240B/s} as a number of bytes. */
    static final Value<Integer> RATE = new Value<>("a rate of 1B/s..1048576B/s", text -> {
        if (!text.matches("[0-9]{1,7}B/s")) {
            throw new InvalidInput("rate", "a number and B/s");
        }
        var rate = Integer.parseInt(text.substring(0, text.length() - "B/s".length()));
        if (rate < 1 || rate > 1 << 20) {
            throw new InvalidInput("rate", "1B/s..1048576B/s");
        }
        return rate;
    });

    /** {@code 25ms..250ms}. */
    static final Value<Backoff> BACKOFF = new Value<>("two durations such as 25ms..250ms", text -> {
        var dots = text.indexOf("..");
        var duration = duration(Duration.ZERO, Duration.ofSeconds(30)).parser();
        return new Backoff(
                duration.apply(text.substring(0, Math.max(dots, 0))), duration.apply(text.substring(dots + 2)));
    });

    /** {@code 200-299}. */
    static final Value<StatusRange> STATUSES = new Value<>("a range such as 200-299", text -> {
        if (!text.matches("[1-5][0-9]{2}(-[1-5][0-9]{2})?")) {
            throw new InvalidInput("statuses", "a range such as 200-299");
        }
        return new StatusRange(
                Integer.parseInt(text.substring(0, 3)), Integer.parseInt(text.substring(text.length() - 3)));
    });

    static final Value<Cidr> BLOCK = Value.CIDR;

    private Values() {}

    static Value<Duration> duration(Duration least, Duration most) {
        return Value.duration(least, most);
    }
}
