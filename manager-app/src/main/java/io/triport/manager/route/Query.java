package io.triport.manager.route;

import io.triport.manager.answer.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parameters behind the question mark, as forms encode them. Of one that is there twice the first counts. */
public record Query(Map<String, String> parameters) {
    public Query {
        parameters = Map.copyOf(parameters);
    }

    /** @param search empty, or with its question mark. @throws io.triport.manager.answer.Refused INVALID_ARGUMENT */
    public static Query parse(String search) {
        var found = new LinkedHashMap<String, String>();
        pairs(search).forEach(pair -> found.putIfAbsent(pair.getKey(), pair.getValue()));
        return new Query(found);
    }

    /** All values of a parameter that may be there several times. @param search as above */
    public static List<String> all(String search, String name) {
        return pairs(search).stream()
                .filter(pair -> pair.getKey().equals(name))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static List<Map.Entry<String, String>> pairs(String search) {
        var pairs = new ArrayList<Map.Entry<String, String>>();
        if (search.length() > 1) {
            for (var pair : search.substring(1).split("&")) {
                var equals = pair.indexOf('=');
                var name = equals < 0 ? pair : pair.substring(0, equals);
                var value = equals < 0 ? "" : pair.substring(equals + 1);
                pairs.add(Map.entry(decode(name), decode(value)));
            }
        }
        return pairs;
    }

    /** Empty where it is absent. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /** @throws io.triport.manager.answer.Refused INVALID_ARGUMENT outside the bounds */
    public int number(String name, int least, int most, int fallback) {
        var text = text(name).filter(value -> !value.isEmpty());
        if (text.isEmpty()) {
            return fallback;
        }
        if (text.get().matches("[0-9]{1,9}")) {
            var number = Integer.parseInt(text.get());
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw Problem.INVALID_ARGUMENT.refused(name + " must be " + least + ".." + most);
    }

    private static String decode(String text) {
        return Percent.decode(text.replace('+', ' '));
    }
}
