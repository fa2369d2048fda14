package io.triport.objects.wire;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;

/** The parameters of a request, decoded once. Of one that is there twice the first counts. */
public record S3Query(SequencedMap<String, Parameter> parameters) {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    /** @param bare whether it has no equals sign */
    record Parameter(String value, boolean bare) {}

    public S3Query {
        parameters = new LinkedHashMap<>(parameters);
    }

    /** @param search empty, or a question mark and what follows. @throws S3Refused INVALID_URI */
    public static S3Query parse(String search) {
        var parameters = new LinkedHashMap<String, Parameter>();
        if (!search.isEmpty()) {
            for (var part : search.substring(1).split("&", -1)) {
                if (!part.isEmpty()) {
                    var equals = part.indexOf('=');
                    var name = Percent.decodeText(equals < 0 ? part : part.substring(0, equals));
                    var value = equals < 0 ? "" : Percent.decodeText(part.substring(equals + 1));
                    parameters.putIfAbsent(name, new Parameter(value, equals < 0));
                }
            }
        }
        return new S3Query(parameters);
    }

    public boolean has(String name) {
        return parameters.containsKey(name);
    }

    public Optional<String> get(String name) {
        return Optional.ofNullable(parameters.get(name)).map(Parameter::value);
    }

    public String text(String name) {
        return get(name).orElse("");
    }

    Set<String> names() {
        return parameters.keySet();
    }

    boolean bare(String name) {
        var parameter = parameters.get(name);
        return parameter != null && parameter.bare();
    }

    /** A number of 0 up to a bound, above which it counts as the bound. @throws S3Refused INVALID_ARGUMENT for another text */
    public int number(String name, int fallback, int most) {
        var text = get(name);
        if (text.isEmpty() || text.get().isEmpty()) {
            return fallback;
        }
        if (!NUMBER.matcher(text.get()).matches()) {
            throw argument(name, text.get(), "Provided " + name + " not an integer or within integer range");
        }
        return (int) Math.min(most, Long.parseLong(text.get()));
    }

    /** What INVALID_ARGUMENT says of a parameter. */
    public static S3Refused argument(String name, String value, String sentence) {
        return S3Error.INVALID_ARGUMENT
                .refused(sentence)
                .with("ArgumentName", name)
                .with("ArgumentValue", value);
    }

    /** The names alone: values may be credentials. */
    @Override
    public String toString() {
        return "S3Query" + parameters.keySet();
    }

    /** All values by name. */
    Map<String, String> values() {
        var values = new LinkedHashMap<String, String>();
        parameters.forEach((name, parameter) -> values.put(name, parameter.value()));
        return values;
    }
}
