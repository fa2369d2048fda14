package io.triport.storage.lucene;

import io.triport.domain.vector.FieldValue;
import io.triport.domain.vector.MetadataField;
import io.triport.domain.vector.VectorCondition;
import io.triport.domain.vector.VectorQuery;
import org.apache.lucene.document.DoubleField;
import org.apache.lucene.document.DoublePoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TermRangeQuery;
import org.apache.lucene.util.BytesRef;

/** Which vectors a query wants, as Lucene asks for them. */
final class LuceneFilter {
    private LuceneFilter() {}

    /** @param state has the metadata that is indexed, which the filter's properties are among */
    static Query of(VectorQuery query, LuceneState state) {
        var all = new BooleanQuery.Builder();
        switch (query.where()) {
            case VectorQuery.Where.Everywhere everywhere -> {
                if (query.filter().conditions().isEmpty()) {
                    return MatchAllDocsQuery.INSTANCE;
                }
            }
            case VectorQuery.Where.Within(var namespace) -> {
                var term = new Term(
                        LuceneFields.NAMESPACE, new BytesRef(namespace.bytes().toByteArray()));
                all.add(new TermQuery(term), BooleanClause.Occur.FILTER);
            }
        }
        for (var condition : query.filter().conditions()) {
            var place = state.place(new MetadataField(condition.property(), condition.type()));
            all.add(of(condition, LuceneFields.metadata(place)), BooleanClause.Occur.FILTER);
        }
        return all.build();
    }

    private static Query of(VectorCondition condition, String field) {
        return switch (condition.operator()) {
            case EQ, IN -> any(condition, field);
            case NE, NIN ->
                new BooleanQuery.Builder()
                        .add(new FieldExistsQuery(field), BooleanClause.Occur.FILTER)
                        .add(any(condition, field), BooleanClause.Occur.MUST_NOT)
                        .build();
            case LT, LTE, GT, GTE -> range(condition, field);
        };
    }

    private static Query any(VectorCondition condition, String field) {
        var operands = condition.operands();
        return switch (condition.type()) {
            case NUMBER ->
                DoubleField.newSetQuery(
                        field,
                        operands.stream().mapToDouble(LuceneFilter::number).toArray());
            case STRING, BOOLEAN ->
                new TermInSetQuery(
                        field, operands.stream().map(LuceneFields::word).toList());
        };
    }

    private static Query range(VectorCondition condition, String field) {
        var operand = condition.operands().getFirst();
        return switch (condition.type()) {
            case NUMBER -> numbers(condition.operator(), field, number(operand));
            case STRING, BOOLEAN -> words(condition.operator(), field, LuceneFields.word(operand));
        };
    }

    private static Query numbers(VectorCondition.Operator operator, String field, double bound) {
        var lowest = Double.NEGATIVE_INFINITY;
        var highest = Double.POSITIVE_INFINITY;
        return switch (operator) {
            case LT -> DoubleField.newRangeQuery(field, lowest, DoublePoint.nextDown(bound));
            case LTE -> DoubleField.newRangeQuery(field, lowest, bound);
            case GT -> DoubleField.newRangeQuery(field, DoublePoint.nextUp(bound), highest);
            case GTE -> DoubleField.newRangeQuery(field, bound, highest);
            case EQ, NE, IN, NIN -> throw new IllegalArgumentException("operator: " + operator);
        };
    }

    private static Query words(VectorCondition.Operator operator, String field, BytesRef bound) {
        return switch (operator) {
            case LT -> new TermRangeQuery(field, null, bound, true, false);
            case LTE -> new TermRangeQuery(field, null, bound, true, true);
            case GT -> new TermRangeQuery(field, bound, null, false, true);
            case GTE -> new TermRangeQuery(field, bound, null, true, true);
            case EQ, NE, IN, NIN -> throw new IllegalArgumentException("operator: " + operator);
        };
    }

    private static double number(FieldValue value) {
        if (value instanceof FieldValue.Numeric(var number)) {
            return number;
        }
        throw new IllegalArgumentException("number: " + value.type());
    }
}
