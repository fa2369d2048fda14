package io.triport.storage.noncelog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

final class MarkTableTest {
    private static final int MANY = 20_000;

    @Property
    void a_table_is_a_set(
            @ForAll @Size(max = 300) List<@LongRange(min = -8, max = 8) Long> numbers, @ForAll long seed) {
        var table = new MarkTable(seed);
        var model = new HashSet<Mark>();

        for (var i = 0; i + 1 < numbers.size(); i++) {
            var mark = new Mark(numbers.get(i), numbers.get(i + 1));
            assertThat(table.contains(mark)).isEqualTo(model.contains(mark));
            assertThat(table.add(mark)).isEqualTo(model.add(mark));
        }

        assertThat(table.size()).isEqualTo(model.size());
        assertThat(model).allMatch(table::contains);
    }

    private static LongStream numbers() {
        return LongStream.rangeClosed(1, MANY);
    }

    @Property(tries = 5)
    void a_table_of_many_marks_keeps_them_all(@ForAll long seed, @ForAll long step) {
        var table = new MarkTable(seed);

        assertThat(numbers()).allMatch(i -> table.add(new Mark(i * step, i)));

        assertThat(table.size()).isEqualTo(MANY);
        assertThat(numbers()).allMatch(i -> table.contains(new Mark(i * step, i)));
        assertThat(numbers()).noneMatch(i -> table.contains(new Mark(i * step, -i)));
    }
}
