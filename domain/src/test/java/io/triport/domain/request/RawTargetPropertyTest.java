package io.triport.domain.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

final class RawTargetPropertyTest {
    @Property
    void what_is_read_is_what_was_sent_but_for_fragment_and_bare_question_mark(@ForAll String text) {
        var sent = "/" + text;
        var unfragmented = sent.indexOf('#') < 0 ? sent : sent.substring(0, sent.indexOf('#'));
        var bare = unfragmented.endsWith("?") && unfragmented.indexOf('?') == unfragmented.length() - 1;

        var target = RawTarget.parse(sent);

        assertThat(target).hasToString(bare ? unfragmented.substring(0, unfragmented.length() - 1) : unfragmented);
        assertThat(target.path()).startsWith("/").doesNotContain("?", "#");
        assertThat(target.search()).matches("(?s)|\\?[^#]+");
        assertThat(RawTarget.parse(target.toString())).isEqualTo(target);
    }

    @Property
    void arbitrary_text_is_a_target_or_invalid_input(@ForAll String text) {
        try {
            assertThat(RawTarget.parse(text).path()).startsWith("/");
        } catch (InvalidInput e) {
            assertThat(text).doesNotStartWith("/");
        }
    }

    @Example
    void percent_signs_stay_as_they_were_sent() {
        var target = RawTarget.parse("/a%2Fb%20c?x=%zz&y#z?w");

        assertThat(target.path()).isEqualTo("/a%2Fb%20c");
        assertThat(target.search()).isEqualTo("?x=%zz&y");
        assertThat(RawTarget.parse("/?").search()).isEmpty();
        assertThat(RawTarget.parse("/a??").search()).isEqualTo("??");
    }

    @Example
    void parts_are_judged_alone_too() {
        assertThatThrownBy(() -> new RawTarget("a", "")).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> new RawTarget("/a?b", "")).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> new RawTarget("/a#b", "")).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> new RawTarget("/a", "?")).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> new RawTarget("/a", "b")).isInstanceOf(InvalidInput.class);
    }
}
