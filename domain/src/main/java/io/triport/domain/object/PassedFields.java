package io.triport.domain.object;

import java.util.Map;

/**
 * What a caller and a store that speak the same protocol say to each other beside the port: fields that nobody between them reads.
 * Of one request. Safe for many threads.
 */
public interface PassedFields {
    /** Nothing is said, and nobody listens. */
    PassedFields NONE = of(Map.of());

    /** Those of the caller, by their names in lower case. Values may be secret. */
    Map<String, String> asked();

    /** Told those of the store's answer, by their names in lower case; of several answers the last counts. */
    void answered(Map<String, String> fields);

    /** Fields of a caller who does not listen. */
    static PassedFields of(Map<String, String> asked) {
        var fields = Map.copyOf(asked);
        return new PassedFields() {
            @Override
            public Map<String, String> asked() {
                return fields;
            }

            @Override
            public void answered(Map<String, String> unheard) {
                // nobody asked
            }
        };
    }
}
