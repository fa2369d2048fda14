package io.triport.domain.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The order of evaluation is that of RFC 9110 section 13.2.2; here it is written down once more, step by step. */
@PropertyDefaults(generation = GenerationMode.EXHAUSTIVE)
final class ConditionsTest {
    private static final ETag TAG = new ETag("0123");
    private static final Instant MODIFIED = Instant.parse("2026-01-01T00:00:10.500Z");

    /** What a field may say: nothing, what holds, or what does not. */
    enum Field {
        ABSENT,
        HOLDS,
        FAILS
    }

    @Property
    void all_combinations_are_judged_in_the_order_of_the_rfc(
            @ForAll Field match, @ForAll Field noneMatch, @ForAll Field modifiedSince, @ForAll Field unmodifiedSince) {
        var conditions = new Conditions(
                tags(match, match == Field.HOLDS),
                tags(noneMatch, noneMatch == Field.FAILS),
                time(modifiedSince, modifiedSince == Field.HOLDS ? -1 : 0),
                time(unmodifiedSince, unmodifiedSince == Field.HOLDS ? 0 : -1));

        assertThat(conditions.judge(TAG, MODIFIED))
                .isEqualTo(expected(match, noneMatch, modifiedSince, unmodifiedSince));
        assertThat(conditions.needObject()).isEqualTo(match != Field.ABSENT);
    }

    private static Conditions.Verdict expected(
            Field match, Field noneMatch, Field modifiedSince, Field unmodifiedSince) {
        var first = match == Field.ABSENT ? unmodifiedSince : match;
        if (first == Field.FAILS) {
            return Conditions.Verdict.FAILED;
        }
        var second = noneMatch == Field.ABSENT ? modifiedSince : noneMatch;
        return second == Field.FAILS ? Conditions.Verdict.NOT_MODIFIED : Conditions.Verdict.PASSES;
    }

    @Test
    void times_count_in_whole_seconds() {
        var sameSecond = Instant.parse("2026-01-01T00:00:10Z");

        assertThat(new Conditions(null, null, sameSecond, null).judge(TAG, MODIFIED))
                .isEqualTo(Conditions.Verdict.NOT_MODIFIED);
        assertThat(new Conditions(null, null, null, sameSecond).judge(TAG, MODIFIED))
                .isEqualTo(Conditions.Verdict.PASSES);
    }

    @Test
    void a_star_is_whatever_there_is() {
        assertThat(new ETagMatch.Any().matches(TAG)).isTrue();
        assertThat(Conditions.CREATE_ONLY.judge(TAG, MODIFIED)).isEqualTo(Conditions.Verdict.NOT_MODIFIED);
        assertThat(Conditions.CREATE_ONLY.needObject()).isFalse();
    }

    private static @Nullable ETagMatch tags(Field field, boolean mine) {
        return field == Field.ABSENT ? null : new ETagMatch.OneOf(Set.of(mine ? TAG : new ETag("other")));
    }

    private static @Nullable Instant time(Field field, int seconds) {
        return field == Field.ABSENT ? null : MODIFIED.plusSeconds(seconds);
    }
}
