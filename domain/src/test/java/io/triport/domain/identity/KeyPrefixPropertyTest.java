package io.triport.domain.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.Bytes;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class KeyPrefixPropertyTest {
    @Test
    void segments_are_covered_whole() {
        assertThat(covers("data", "data")).isTrue();
        assertThat(covers("data", "data/")).isTrue();
        assertThat(covers("data", "data/a")).isTrue();
        assertThat(covers("data", "data-private")).isFalse();
        assertThat(covers("data", "dat")).isFalse();
        assertThat(covers("data/", "data/a")).isTrue();
        assertThat(covers("data/", "data/")).isTrue();
        assertThat(covers("data/", "data")).isFalse();
        assertThat(covers("data/", "database")).isFalse();
        assertThat(covers("", "anything")).isTrue();
        assertThat(covers("", "")).isTrue();
        assertThat(covers("/", "/a")).isTrue();
        assertThat(covers("/", "a")).isFalse();
    }

    @Property(tries = 1_000)
    void a_single_key_covers_itself_and_has_with_a_prefix_in_common_itself_or_nothing(
            @ForAll("paths") String single, @ForAll("paths") String other) {
        var alone = KeyPrefix.only(single);
        var under = covers(other, single);

        assertThat(alone.covers(Bytes.utf8(other))).isEqualTo(single.equals(other));
        assertThat(alone.coversSegments(Bytes.utf8(other))).isEqualTo(single.equals(other));
        assertThat(KeyPrefix.commonSegments(Set.of(alone), Set.of(KeyPrefix.of(other))))
                .isEqualTo(under ? Set.of(alone) : Set.of());
        assertThat(KeyPrefix.commonSegments(Set.of(KeyPrefix.of(other)), Set.of(alone)))
                .isEqualTo(under ? Set.of(alone) : Set.of());
        assertThat(KeyPrefix.commonSegments(Set.of(KeyPrefix.only(other)), Set.of(alone)))
                .isEqualTo(single.equals(other) ? Set.of(alone) : Set.of());
    }

    @Property(tries = 10_000)
    void a_prefix_covers_exactly_the_keys_that_begin_with_its_segments(
            @ForAll("paths") String prefix, @ForAll("paths") String key) {
        assertThat(covers(prefix, key)).isEqualTo(beginsWithSegments(prefix, key));
    }

    @Property(tries = 10_000)
    void what_is_covered_by_segments_is_covered_by_bytes(@ForAll("paths") String prefix, @ForAll("paths") String key) {
        assertThat(covers(prefix, key) && !KeyPrefix.of(prefix).covers(Bytes.utf8(key)))
                .isFalse();
    }

    /** By segments: all but the last of a prefix are equal, the last too, or there is none after the last slash. */
    private static boolean beginsWithSegments(String prefix, String key) {
        var wanted = segments(prefix);
        var present = segments(key);
        var compared = wanted.getLast().isEmpty() ? wanted.subList(0, wanted.size() - 1) : wanted;
        var longEnough =
                wanted.getLast().isEmpty() ? present.size() >= wanted.size() : present.size() >= compared.size();
        return longEnough && present.subList(0, compared.size()).equals(compared);
    }

    private static List<String> segments(String text) {
        return Arrays.asList(text.split("/", -1));
    }

    private static boolean covers(String prefix, String item) {
        return KeyPrefix.of(prefix).coversSegments(Bytes.utf8(item));
    }

    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.of("a", "b", "-", "/").list().ofMaxSize(6).map(parts -> String.join("", parts));
    }
}
