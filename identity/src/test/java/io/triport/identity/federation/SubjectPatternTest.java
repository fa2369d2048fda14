package io.triport.identity.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.request.InvalidInput;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SubjectPatternTest {
    @ParameterizedTest
    @CsvSource({
        "repo:acme/web:ref:refs/heads/main, repo:acme/web:ref:refs/heads/main, true",
        "repo:acme/web:ref:refs/heads/main, repo:acme/web:ref:refs/heads/mains, false",
        "repo:acme/*:ref:refs/heads/main, repo:acme/web:ref:refs/heads/main, true",
        "repo:acme/*:ref:refs/heads/main, repo:acme/:ref:refs/heads/main, true",
        "repo:acme/*:ref:refs/heads/main, repo:acme/a/b:ref:refs/heads/main, false",
        "repo:acme/*:ref:refs/heads/main, repo:acme/a:x:ref:refs/heads/main, false",
        "repo:acme/*, repo:acme/web:ref:refs/heads/main, false",
        "repo:acme/web:*, repo:acme/web:pull_request, true",
        "repo:acme/web:*, repo:acme/web:ref:refs/heads/main, false",
        "a/*, a:b, false",
        "release-*-x, release-1-2-x, true",
        "release-*-x, release--x, true",
        "release-*-x, release-x, false",
        "*a*b*, xxaxxbxx, true",
        "*a*b*, xxbxxaxx, false",
        "REPO, repo, false"
    })
    void a_star_stands_for_characters_of_one_segment(String pattern, String subject, boolean matches) {
        assertThat(new SubjectPattern(pattern).matches(subject)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "**", "*:*", "*/*:*", ":", "a\nb"})
    void a_pattern_that_every_subject_fits_is_none(String pattern) {
        assertThatThrownBy(() -> new SubjectPattern(pattern)).isInstanceOf(InvalidInput.class);
    }

    @Property
    void without_a_star_a_pattern_means_itself_alone(
            @ForAll("subjects") String pattern, @ForAll("subjects") String subject) {
        assertThat(new SubjectPattern(pattern).matches(pattern)).isTrue();
        assertThat(new SubjectPattern(pattern).matches(subject)).isEqualTo(pattern.equals(subject));
    }

    /** The same rule as a regular expression, which is shorter to check by eye. */
    @Property(tries = 5000)
    void a_pattern_means_what_its_regular_expression_does(
            @ForAll("patterns") String text, @ForAll("subjects") String subject) {
        var expression = text.replace("*", "[^:/]*");

        assertThat(new SubjectPattern(text).matches(subject)).isEqualTo(subject.matches(expression));
    }

    @Provide
    Arbitrary<String> subjects() {
        return Arbitraries.strings()
                .withChars("ab:/")
                .ofMinLength(1)
                .ofMaxLength(8)
                .map(text -> text + "a");
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.strings()
                .withChars("ab:/**")
                .ofMinLength(1)
                .ofMaxLength(8)
                .map(text -> text + "a");
    }
}
