package io.triport.domain.vector;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Conditions that all have to hold of a vector's metadata, or none at all. */
public final class VectorFilter {
    public static final VectorFilter NONE = new VectorFilter(List.of());

    private static final int BELOW = 2_048;

    private final List<VectorCondition> conditions;

    private VectorFilter(List<VectorCondition> conditions) {
        this.conditions = List.copyOf(conditions);
    }

    /**
     * Reads an object whose members are properties with what they have to be: a value, or an object of operators with their
     * operands, such as {@code {"genre":"comedy","year":{"$gte":1990,"$lt":2000}}}.
     *
     * @throws StorageFailure.Rejected BAD_REQUEST for anything else
     * @throws StorageFailure.LimitExceeded TOO_LARGE for 2,048 bytes of compact JSON or more
     */
    public static VectorFilter parse(String json) {
        if (!(JsonReader.read(json) instanceof Json.Members(var members)) || members.isEmpty()) {
            throw VectorText.bad("filter (expected: a JSON object with members)");
        }
        if (VectorText.utf8(new Json.Members(members).compact()).size() >= BELOW) {
            throw new StorageFailure.LimitExceeded(
                    FailureCode.TOO_LARGE, "filter (expected: less than " + BELOW + " bytes of compact JSON)");
        }
        var conditions = new ArrayList<VectorCondition>();
        members.forEach((name, wanted) -> conditions.addAll(conditions(new PropertyName(name), wanted)));
        return new VectorFilter(conditions);
    }

    public List<VectorCondition> conditions() {
        return conditions;
    }

    /** @throws StorageFailure.Rejected BAD_REQUEST for a property that is not indexed, and for an operand of another type than its index */
    public void require(List<MetadataField> indexed) {
        for (var condition : conditions) {
            var field = new MetadataField(condition.property(), condition.type());
            if (!indexed.contains(field)) {
                throw VectorText.bad("filter: not indexed as " + condition.type() + " (expected: a metadata index)");
            }
        }
    }

    /** Whether a vector with this metadata is wanted, as far as its properties are indexed. */
    public boolean holds(VectorMetadata metadata) {
        return conditions.stream()
                .allMatch(condition ->
                        condition.holds(new MetadataField(condition.property(), condition.type()).value(metadata)));
    }

    private static List<VectorCondition> conditions(PropertyName property, Json wanted) {
        if (!(wanted instanceof Json.Members(var operators))) {
            return List.of(new VectorCondition(property, VectorCondition.Operator.EQ, List.of(operand(wanted))));
        }
        if (operators.isEmpty()) {
            throw VectorText.bad("filter: {} (expected: operators)");
        }
        return operators.entrySet().stream()
                .map(entry -> condition(property, entry))
                .toList();
    }

    private static VectorCondition condition(PropertyName property, Map.Entry<String, Json> entry) {
        var operator = switch (entry.getKey()) {
            case "$eq" -> VectorCondition.Operator.EQ;
            case "$ne" -> VectorCondition.Operator.NE;
            case "$in" -> VectorCondition.Operator.IN;
            case "$nin" -> VectorCondition.Operator.NIN;
            case "$lt" -> VectorCondition.Operator.LT;
            case "$lte" -> VectorCondition.Operator.LTE;
            case "$gt" -> VectorCondition.Operator.GT;
            case "$gte" -> VectorCondition.Operator.GTE;
            default -> throw VectorText.bad("filter: operator (expected: $eq, $ne, $in, $nin, $lt, $lte, $gt or $gte)");
        };
        var several = operator == VectorCondition.Operator.IN || operator == VectorCondition.Operator.NIN;
        return new VectorCondition(
                property, operator, several ? operands(entry.getValue()) : List.of(operand(entry.getValue())));
    }

    private static List<FieldValue> operands(Json json) {
        if (json instanceof Json.Elements(var elements)) {
            return elements.stream().map(VectorFilter::operand).toList();
        }
        throw VectorText.bad("filter: $in or $nin (expected: an array)");
    }

    private static FieldValue operand(Json json) {
        return json.field()
                .orElseThrow(() -> VectorText.bad("filter: operand (expected: a string, a number, true or false)"));
    }
}
