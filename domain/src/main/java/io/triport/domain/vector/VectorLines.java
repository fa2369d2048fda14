package io.triport.domain.vector;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Vectors as callers send many of them: a JSON object on each line, with {@code id}, {@code values}, and where they like {@code
 * namespace} and {@code metadata}. Empty lines are none.
 *
 * @param vectors in the order of their lines
 * @param discarded lines that were bad
 */
public record VectorLines(List<Vector> vectors, int discarded) {
    /** All lines together (storage contract, section 8.2). */
    public static final ByteSize MOST_BYTES = new ByteSize(100_000_000);

    /** How many of them (storage contract, section 8.2). */
    public static final int MOST_LINES = 5_000;

    /** A vector with the largest metadata, all of it escaped, has less; so a line cannot become a tree that memory does not hold. */
    private static final int MOST_LINE_BYTES = 1 << 20;

    private static final Set<String> MEMBERS = Set.of("id", "values", "namespace", "metadata");

    public VectorLines {
        vectors = List.copyOf(vectors);
    }

    /** What to do with a line that is no vector. */
    public enum Bad {
        /** Take none of them. */
        ERROR,
        /** Take the others. */
        DISCARD
    }

    /**
     * @throws StorageFailure.Rejected BAD_REQUEST for a bad line, where that is an error; its message has the line's number
     * @throws StorageFailure.LimitExceeded TOO_LARGE above 5000 lines or 100 MB
     */
    public static VectorLines parse(Bytes text, Bad bad) {
        if (text.size() > MOST_BYTES.bytes()) {
            throw tooLarge(text.size() + " bytes (expected: at most " + MOST_BYTES.bytes() + ")");
        }
        var vectors = new ArrayList<Vector>();
        var discarded = 0;
        var number = 0;
        for (var from = 0; from < text.size(); ) {
            var end = endOfLine(text, from);
            number++;
            if (!blank(text, from, end)) {
                var found = vector(text, from, end);
                if (found.isEmpty() && bad == Bad.ERROR) {
                    throw VectorText.bad("line " + number + " (expected: a JSON object with id and values)");
                }
                found.ifPresent(vectors::add);
                discarded += found.isEmpty() ? 1 : 0;
                if (vectors.size() + discarded > MOST_LINES) {
                    throw tooLarge("more than " + MOST_LINES + " lines");
                }
            }
            from = end + 1;
        }
        return new VectorLines(vectors, discarded);
    }

    private static Optional<Vector> vector(Bytes text, int from, int end) {
        if (end - from > MOST_LINE_BYTES) {
            return Optional.empty();
        }
        try {
            return Optional.of(vector(JsonReader.read(VectorText.text(text.slice(from, end)))));
        } catch (StorageFailure.Rejected | StorageFailure.LimitExceeded e) {
            return Optional.empty();
        }
    }

    private static Vector vector(Json line) {
        if (!(line instanceof Json.Members(var members)) || !MEMBERS.containsAll(members.keySet())) {
            throw VectorText.bad("vector (expected: a JSON object of " + MEMBERS + ")");
        }
        if (!(members.get("id") instanceof Json.Text(var id))) {
            throw VectorText.bad("id (expected: a string)");
        }
        return new Vector(VectorId.of(id), namespace(members), values(members), metadata(members));
    }

    private static VectorNamespace namespace(Map<String, Json> members) {
        return switch (given(members, "namespace")) {
            case Json.Word word when word.equals(Json.Word.NULL) -> VectorNamespace.NONE;
            case Json.Text(var text) -> VectorNamespace.of(text);
            default -> throw VectorText.bad("namespace (expected: a string)");
        };
    }

    private static VectorMetadata metadata(Map<String, Json> members) {
        return switch (given(members, "metadata")) {
            case Json.Word word when word.equals(Json.Word.NULL) -> VectorMetadata.NONE;
            case Json.Members object -> new VectorMetadata(object.compact());
            default -> throw VectorText.bad("metadata (expected: an object)");
        };
    }

    private static VectorValues values(Map<String, Json> members) {
        if (!(given(members, "values") instanceof Json.Elements(var elements))) {
            throw VectorText.bad("values (expected: an array)");
        }
        var values = new float[elements.size()];
        for (var i = 0; i < values.length; i++) {
            if (!(elements.get(i) instanceof Json.Numeral(var digits))) {
                throw VectorText.bad("values (expected: numbers)");
            }
            values[i] = Float.parseFloat(digits);
        }
        return VectorValues.of(values);
    }

    private static Json given(Map<String, Json> members, String name) {
        return members.getOrDefault(name, Json.Word.NULL);
    }

    private static int endOfLine(Bytes text, int from) {
        var end = from;
        while (end < text.size() && text.at(end) != '\n') {
            end++;
        }
        return end;
    }

    private static boolean blank(Bytes text, int from, int end) {
        for (var i = from; i < end; i++) {
            if (" \t\r".indexOf(text.at(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    private static StorageFailure tooLarge(String what) {
        return new StorageFailure.LimitExceeded(FailureCode.TOO_LARGE, "vectors: " + what);
    }
}
