package io.triport.domain.vector;

import io.triport.domain.failure.StorageFailure;
import java.util.List;
import java.util.Optional;

/**
 * What a property has to be. A vector whose index has no value of the property fulfils no condition, {@code $ne} and {@code $nin}
 * included.
 *
 * @param operands one, or for {@link Operator#IN} and {@link Operator#NIN} any number above zero; all of one type
 */
public record VectorCondition(PropertyName property, Operator operator, List<FieldValue> operands) {
    /** The operators by their names (storage contract, section 8.3). */
    public enum Operator {
        EQ,
        NE,
        IN,
        NIN,
        LT,
        LTE,
        GT,
        GTE;

        private boolean takesSeveral() {
            return this == IN || this == NIN;
        }

        private boolean orders() {
            return this == LT || this == LTE || this == GT || this == GTE;
        }
    }

    /** @throws StorageFailure.Rejected BAD_REQUEST for none or too many operands, for operands of two types, and for an order of truths */
    public VectorCondition {
        operands = List.copyOf(operands);
        if (operands.isEmpty() || (operands.size() > 1 && !operator.takesSeveral())) {
            throw VectorText.bad("filter: " + operator + " (expected: one operand, or several for $in and $nin)");
        }
        var type = operands.getFirst().type();
        if (operands.stream().anyMatch(operand -> operand.type() != type)) {
            throw VectorText.bad("filter: " + operator + " (expected: operands of one type)");
        }
        if (operator.orders() && type == MetadataField.Type.BOOLEAN) {
            throw VectorText.bad("filter: " + operator + " (expected: a string or a number)");
        }
    }

    /** Of its operands. */
    public MetadataField.Type type() {
        return operands.getFirst().type();
    }

    /** Whether the vector's value fulfils it. @throws IllegalArgumentException for a value of another type */
    public boolean holds(Optional<FieldValue> indexed) {
        return indexed.isPresent() && holds(indexed.get());
    }

    private boolean holds(FieldValue value) {
        return switch (operator) {
            case EQ, IN -> operands.stream().anyMatch(operand -> value.against(operand) == 0);
            case NE, NIN -> operands.stream().noneMatch(operand -> value.against(operand) == 0);
            case LT -> value.against(operands.getFirst()) < 0;
            case LTE -> value.against(operands.getFirst()) <= 0;
            case GT -> value.against(operands.getFirst()) > 0;
            case GTE -> value.against(operands.getFirst()) >= 0;
        };
    }
}
