package io.triport.identity.trace;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class TraceParentTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";

    @Test
    void a_field_is_read_and_written_as_it_came() {
        var sampled = "00-" + TRACE + "-" + SPAN + "-01";
        var silent = "00-" + TRACE + "-" + SPAN + "-00";

        assertThat(TraceParent.valid(sampled)).isTrue();
        assertThat(TraceParent.of(sampled)).isEqualTo(new TraceParent(TRACE, SPAN, true));
        assertThat(TraceParent.of(sampled).text()).isEqualTo(sampled);
        assertThat(TraceParent.of(silent).text()).isEqualTo(silent);
    }

    @Test
    void a_later_version_may_say_more() {
        assertThat(TraceParent.valid("cc-" + TRACE + "-" + SPAN + "-01-what-comes"))
                .isTrue();
        assertThat(TraceParent.of("cc-" + TRACE + "-" + SPAN + "-09-x").sampled())
                .isTrue();
    }

    @Test
    void what_the_specification_forbids_is_not_valid() {
        for (var wrong : new String[] {
            "",
            "00-" + TRACE + "-" + SPAN,
            "00-" + TRACE + "-" + SPAN + "-1",
            "00-" + TRACE + "-" + SPAN + "-01-",
            "ff-" + TRACE + "-" + SPAN + "-01",
            "00-" + TRACE.toUpperCase(java.util.Locale.ROOT) + "-" + SPAN + "-01",
            "00-" + "0".repeat(32) + "-" + SPAN + "-01",
            "00-" + TRACE + "-" + "0".repeat(16) + "-01",
            "00_" + TRACE + "-" + SPAN + "-01",
            "cc-" + TRACE + "-" + SPAN + "-01x",
        }) {
            assertThat(TraceParent.valid(wrong)).as(wrong).isFalse();
        }
    }

    @Property
    void no_text_makes_it_fail(@ForAll String text) {
        if (TraceParent.valid(text)) {
            assertThat(TraceParent.of(text).traceId()).hasSize(32);
        }
    }
}
