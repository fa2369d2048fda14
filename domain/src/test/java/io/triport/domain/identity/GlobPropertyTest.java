package io.triport.domain.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class GlobPropertyTest {
    @Test
    void a_run_is_any_text_and_a_one_is_one_character() {
        assertThat(Glob.parse("*").matches("")).isTrue();
        assertThat(Glob.parse("*").matches("a/b")).isTrue();
        assertThat(Glob.parse("").matches("")).isTrue();
        assertThat(Glob.parse("").matches("a")).isFalse();
        assertThat(Glob.parse("?").matches("")).isFalse();
        assertThat(Glob.parse("?").matches("\uD83D\uDE00")).isTrue();
        assertThat(Glob.parse("repo:*:ref:refs/heads/ma?n").matches("repo:a/b:ref:refs/heads/main"))
                .isTrue();
        assertThat(Glob.parse("a*b").matches("abab")).isTrue();
        assertThat(Glob.parse("a*b").matches("aba")).isFalse();
    }

    @Test
    void a_literal_has_no_signs() {
        var glob = new Glob(List.of(new Glob.Literal("a*"), new Glob.Run()));

        assertThat(glob.matches("a*bc")).isTrue();
        assertThat(glob.matches("abc")).isFalse();
    }

    @Property
    void a_pattern_matches_what_the_regular_expression_of_it_does(
            @ForAll("patterns") String pattern, @ForAll("texts") String text) {
        var expression = pattern.codePoints()
                .mapToObj(character -> switch (character) {
                    case '*' -> ".*";
                    case '?' -> ".";
                    default -> Pattern.quote(Character.toString(character));
                })
                .collect(Collectors.joining());

        assertThat(Glob.parse(pattern).matches(text))
                .isEqualTo(Pattern.compile(expression, Pattern.DOTALL)
                        .matcher(text)
                        .matches());
    }

    @Property
    void a_pattern_is_written_as_it_was_read(@ForAll("patterns") String pattern) {
        assertThat(Glob.parse(pattern)).hasToString(pattern);
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.of("a", "b", "*", "?", "/", "\uD83D\uDE00")
                .list()
                .ofMaxSize(8)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("a", "b", "/", "\n", "\uD83D\uDE00")
                .list()
                .ofMaxSize(10)
                .map(parts -> String.join("", parts));
    }
}
