package io.triport.storage.postgresql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.Bytes;
import io.triport.domain.vector.FieldValue;
import io.triport.domain.vector.Index;
import io.triport.domain.vector.IndexId;
import io.triport.domain.vector.IndexName;
import io.triport.domain.vector.IndexShape;
import io.triport.domain.vector.MetadataField;
import io.triport.domain.vector.Metric;
import io.triport.domain.vector.MutationId;
import io.triport.domain.vector.VectorFilter;
import io.triport.domain.vector.VectorNamespace;
import io.triport.domain.vector.VectorQuery;
import io.triport.domain.vector.VectorValues;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

/** What is tried without a server. */
final class PgvectorFilterPropertyTest {
    private static final MetadataField TEXT = MetadataField.of("text", MetadataField.Type.STRING);
    private static final MetadataField NUMBER = MetadataField.of("number", MetadataField.Type.NUMBER);
    private static final PgvectorState STATE = new PgvectorState(
            new Index(
                    new IndexId("0".repeat(32)),
                    new IndexName("films"),
                    new IndexShape(1, Metric.COSINE),
                    Instant.EPOCH),
            0,
            MutationId.NONE,
            Instant.EPOCH,
            List.of(new PgvectorField(3, 0, TEXT), new PgvectorField(7, 1, NUMBER)),
            8);

    @Property(tries = 200)
    void nothing_that_a_caller_wrote_is_in_the_statement(
            @ForAll @StringLength(max = 40) String text, @ForAll double number) {
        var operand = "\"" + escaped(text) + "\"";
        var digits = Double.isFinite(number) ? Double.toString(number) : "0";
        var filter = VectorFilter.parse("{\"text\":{\"$in\":[" + operand + "],\"$gte\":" + operand
                + "},\"number\":{\"$nin\":[" + digits + "],\"$lt\":" + digits + "}}");
        var query = VectorQuery.near(VectorValues.of(1), 1)
                .in(VectorNamespace.of("ns"))
                .where(filter);

        var made = PgvectorFilter.of(query, STATE);

        assertThat(made.sql())
                .isEqualTo("namespace = ? and (f0 is not null and f0 = any(?)) and (f0 >= ? and f0 < ?)"
                        + " and (f1 >= ? and f1 < ? and f1 <> all(?)) and (f1 >= ? and f1 < ?)");
        assertThat(made.operands())
                .hasSize((int) made.sql().chars().filter(one -> one == '?').count());
    }

    @Property
    void numbers_are_ordered_as_bytes_as_they_are(@ForAll double one, @ForAll double other) {
        var field = new PgvectorField(7, 1, NUMBER);
        var first = new FieldValue.Numeric(one);
        var second = new FieldValue.Numeric(other);

        assertThat(Integer.signum(bytes(field, first).compareTo(bytes(field, second))))
                .isEqualTo(Integer.signum(first.against(second)));
    }

    @Property
    void values_lie_between_the_bounds_of_their_place(@ForAll String text, @ForAll @IntRange(max = 1_000) int place) {
        var field = new PgvectorField(place, 0, TEXT);
        var value = bytes(field, new FieldValue.Text(Bytes.copyOf(text.getBytes(UTF_8))));

        assertThat(value).isGreaterThanOrEqualTo(Bytes.copyOf(field.floor()));
        assertThat(value).isLessThan(Bytes.copyOf(field.ceiling()));
    }

    private static Bytes bytes(PgvectorField field, FieldValue value) {
        return Bytes.copyOf(field.bytes(value));
    }

    private static String escaped(String text) {
        var escaped = new StringBuilder();
        text.chars()
                .map(one -> Character.isSurrogate((char) one) ? '?' : one)
                .forEach(one -> escaped.append(String.format("\\u%04x", one)));
        return escaped.toString();
    }
}
