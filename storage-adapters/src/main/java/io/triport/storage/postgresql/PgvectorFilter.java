package io.triport.storage.postgresql;

import io.triport.domain.vector.MetadataField;
import io.triport.domain.vector.VectorCondition;
import io.triport.domain.vector.VectorQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Which vectors a query wants, as a condition of SQL. What a caller has written is in its parameters alone.
 *
 * @param operands put the parameters at their places, in their order
 */
record PgvectorFilter(String sql, List<UnaryOperator<Call>> operands) {
    private static final String ALL = "true";

    PgvectorFilter {
        operands = List.copyOf(operands);
    }

    /** @param state has the properties that are indexed, which the filter's are among */
    static PgvectorFilter of(VectorQuery query, PgvectorState state) {
        var conditions = new ArrayList<String>();
        var operands = new ArrayList<UnaryOperator<Call>>();
        switch (query.where()) {
            case VectorQuery.Where.Everywhere everywhere -> {}
            case VectorQuery.Where.Within(var namespace) -> {
                conditions.add("namespace = ?");
                operands.add(call -> call.with(namespace.bytes()));
            }
        }
        for (var condition : query.filter().conditions()) {
            var field = state.require(new MetadataField(condition.property(), condition.type()));
            var one = of(condition, field);
            conditions.add(one.sql());
            operands.addAll(one.operands());
        }
        return new PgvectorFilter(conditions.isEmpty() ? ALL : String.join(" and ", conditions), operands);
    }

    /** Whether it lets every vector through. */
    boolean all() {
        return sql.equals(ALL);
    }

    Call bind(Call call) {
        var bound = call;
        for (var operand : operands) {
            bound = operand.apply(bound);
        }
        return bound;
    }

    private static PgvectorFilter of(VectorCondition condition, PgvectorField field) {
        var values = condition.operands().stream().map(field::bytes).toArray(byte[][]::new);
        return switch (condition.operator()) {
            // That it is not null is said for the index of the column, which has no others.
            case EQ, IN ->
                new PgvectorFilter(
                        "(C is not null and C = any(?))".replace("C", field.column()),
                        List.of(call -> call.with(values)));
            case NE, NIN ->
                new PgvectorFilter(
                        "(C >= ? and C < ? and C <> all(?))".replace("C", field.column()),
                        List.of(
                                call -> call.with(field.floor()),
                                call -> call.with(field.ceiling()),
                                call -> call.with(values)));
            case LT -> range(field, ">=", field.floor(), "<", values[0]);
            case LTE -> range(field, ">=", field.floor(), "<=", values[0]);
            case GT -> range(field, ">", values[0], "<", field.ceiling());
            case GTE -> range(field, ">=", values[0], "<", field.ceiling());
        };
    }

    private static PgvectorFilter range(PgvectorField field, String from, byte[] low, String to, byte[] high) {
        var sql = "(" + field.column() + " " + from + " ? and " + field.column() + " " + to + " ?)";
        return new PgvectorFilter(sql, List.of(call -> call.with(low), call -> call.with(high)));
    }
}
