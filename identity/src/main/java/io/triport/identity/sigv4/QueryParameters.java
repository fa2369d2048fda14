package io.triport.identity.sigv4;

import io.triport.domain.request.RawTarget;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The parameters of a query in the order sent, names and values still encoded. A plus is no blank. */
record QueryParameters(List<Parameter> parameters) {
    /** One of them; without a {@code =} its value is empty. */
    record Parameter(String name, String value) {
        /** Encoded as a signature has it. */
        Parameter canonical() {
            return new Parameter(WireText.encodedOnce(name, NOTHING_KEPT), WireText.encodedOnce(value, NOTHING_KEPT));
        }
    }

    private static final char NOTHING_KEPT = '\uFFFF';

    private static final Comparator<Parameter> ORDER =
            Comparator.comparing(Parameter::name).thenComparing(Parameter::value);

    QueryParameters {
        parameters = List.copyOf(parameters);
    }

    static QueryParameters of(RawTarget target) {
        var search = target.search();
        var parameters = new ArrayList<Parameter>();
        if (!search.isEmpty()) {
            for (var piece : search.substring(1).split("&", -1)) {
                if (!piece.isEmpty()) {
                    var equals = piece.indexOf('=');
                    parameters.add(
                            equals < 0
                                    ? new Parameter(piece, "")
                                    : new Parameter(piece.substring(0, equals), piece.substring(equals + 1)));
                }
            }
        }
        return new QueryParameters(parameters);
    }

    /** All values under a name, decoded. */
    List<String> all(String name) {
        return parameters.stream()
                .filter(parameter -> named(parameter, Set.of(name)))
                .map(parameter -> WireText.decoded(parameter.value()))
                .toList();
    }

    boolean has(String name) {
        return parameters.stream().anyMatch(parameter -> named(parameter, Set.of(name)));
    }

    String canonical(Set<String> without) {
        return parameters.stream()
                .filter(parameter -> !named(parameter, without))
                .map(Parameter::canonical)
                .sorted(ORDER)
                .map(parameter -> parameter.name() + "=" + parameter.value())
                .collect(Collectors.joining("&"));
    }

    /** A name that cannot be decoded is none that anybody asks for; the signature's text refuses it. */
    private static boolean named(Parameter parameter, Set<String> names) {
        if (names.contains(parameter.name())) {
            return true;
        }
        try {
            return parameter.name().indexOf('%') >= 0 && names.contains(WireText.decoded(parameter.name()));
        } catch (Refusal e) {
            return false;
        }
    }
}
