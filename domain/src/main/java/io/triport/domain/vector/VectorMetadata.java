package io.triport.domain.vector;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a caller keeps beside a vector: a JSON object of at most 10,240 bytes without white space, or nothing. Its numbers keep their digits. */
public record VectorMetadata(String json) {
    public static final VectorMetadata NONE = new VectorMetadata("");

    private static final int MOST = 10_240;

    /**
     * @param json becomes compact; empty for nothing
     * @throws StorageFailure.Rejected BAD_REQUEST for what is no JSON object
     * @throws StorageFailure.LimitExceeded TOO_LARGE above 10,240 bytes
     */
    public VectorMetadata {
        json = json.isEmpty() ? json : members(json).compact();
        if (VectorText.utf8(json).size() > MOST) {
            throw new StorageFailure.LimitExceeded(
                    FailureCode.TOO_LARGE, "metadata: more than " + MOST + " bytes of compact JSON");
        }
    }

    public boolean isNone() {
        return json.isEmpty();
    }

    /** The properties that are indexed, and nothing else; strings as far as they are indexed. */
    public VectorMetadata indexed(List<MetadataField> fields) {
        Map<String, Json> found = new LinkedHashMap<>();
        for (var field : fields) {
            field.value(this).ifPresent(value -> merge(found, field.name().path(), known(field, value)));
        }
        return found.isEmpty() ? NONE : new VectorMetadata(new Json.Members(found).compact());
    }

    Optional<Json> find(PropertyName name) {
        Optional<Json> found = isNone() ? Optional.empty() : Optional.of(members(json));
        for (var segment : name.path()) {
            found = found.flatMap(value -> value instanceof Json.Members(var members)
                    ? Optional.ofNullable(members.get(segment))
                    : Optional.empty());
        }
        return found;
    }

    /** The size alone: metadata is tenant data. */
    @Override
    public String toString() {
        return "VectorMetadata[" + json.length() + " characters]";
    }

    /** A number as it was written. */
    private Json known(MetadataField field, FieldValue value) {
        return switch (value) {
            case FieldValue.Text(var start) -> new Json.Text(VectorText.text(start));
            case FieldValue.Numeric number -> find(field.name()).orElseThrow();
            case FieldValue.Truth truth -> find(field.name()).orElseThrow();
        };
    }

    private static void merge(Map<String, Json> into, List<String> path, Json value) {
        if (path.size() == 1) {
            into.put(path.getFirst(), value);
            return;
        }
        var inner = into.get(path.getFirst()) instanceof Json.Members(var present)
                ? new LinkedHashMap<>(present)
                : new LinkedHashMap<String, Json>();
        merge(inner, path.subList(1, path.size()), value);
        into.put(path.getFirst(), new Json.Members(inner));
    }

    private static Json.Members members(String json) {
        if (JsonReader.read(json) instanceof Json.Members members) {
            return members;
        }
        throw VectorText.bad("metadata (expected: a JSON object)");
    }
}
