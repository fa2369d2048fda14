package io.triport.identity.sts;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.request.RawTarget;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Parameters of an action: those of the query when it names the action, else those of the form in the body, never of both. */
public record StsParameters(Map<String, String> values) {
    /** The longest form, in bytes. */
    public static final int MOST_BYTES = 65_536;

    private static final String ACTION = "Action";
    private static final int MOST = 200;

    public StsParameters {
        values = Map.copyOf(values);
    }

    /** @throws InvalidInput for a name that occurs twice, a bad escape, or too many or too long */
    public static StsParameters of(RawTarget target, Bytes body) {
        var inQuery = parse(target.search().isEmpty() ? "" : target.search().substring(1));
        if (inQuery.containsKey(ACTION)) {
            return new StsParameters(inQuery);
        }
        if (body.size() > MOST_BYTES) {
            throw new InvalidInput("form", "at most 64 KiB");
        }
        return new StsParameters(parse(body.toUtf8()));
    }

    /** Whether a query names an action, so that a request to the root of a service means STS. */
    public static boolean inQuery(RawTarget target) {
        return java.util.Arrays.stream(target.search().split("[?&]")).anyMatch(pair -> pair.startsWith(ACTION + "="));
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
    }

    String need(String name) {
        return find(name)
                .orElseThrow(() -> new StsRefusal(
                        StsProblem.Code.MISSING_PARAMETER, "The request must contain the parameter " + name));
    }

    /** The names alone: one of the values is a token. */
    @Override
    public String toString() {
        return "StsParameters" + values.keySet();
    }

    private static Map<String, String> parse(String text) {
        var values = new HashMap<String, String>();
        for (var pair : text.split("&", -1)) {
            if (!pair.isEmpty()) {
                var equals = pair.indexOf('=');
                var name = decoded(equals < 0 ? pair : pair.substring(0, equals));
                if (values.put(name, equals < 0 ? "" : decoded(pair.substring(equals + 1))) != null
                        || values.size() > MOST) {
                    throw new InvalidInput("parameters", "each once, at most " + MOST);
                }
            }
        }
        return values;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new InvalidInput("parameters", "escapes of two hexadecimal digits");
        }
    }
}
