package io.triport.domain.cache;

import io.triport.domain.request.Headers;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a request had in the fields that chose its response (RFC 9111 section 4.1). Values are the same when they differ in nothing
 * but the blanks around commas, or in how many fields they are spread over.
 */
public record Vary(Map<String, List<String>> chosen) {
    private static final String FIELD = "vary";
    private static final String ANYTHING = "*";

    public Vary {
        chosen = Map.copyOf(chosen);
    }

    /** Whether the response was chosen by more than the request's fields. */
    static boolean isByAnything(Headers response) {
        return names(response).contains(ANYTHING);
    }

    /** What the request had that a response was made for. */
    public static Vary of(Headers response, Headers request) {
        var chosen = new TreeMap<String, List<String>>();
        names(response).forEach(name -> chosen.put(name, values(request, name)));
        return new Vary(chosen);
    }

    boolean suits(Headers request) {
        return chosen.entrySet().stream().allMatch(one -> one.getValue().equals(values(request, one.getKey())));
    }

    private static List<String> names(Headers response) {
        return parts(response.all(FIELD)).stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static List<String> values(Headers request, String name) {
        return parts(request.all(name));
    }

    private static List<String> parts(List<String> values) {
        return values.stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .collect(Collectors.toUnmodifiableList());
    }
}
