package io.triport.identity.mtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.request.InvalidInput;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SpiffeIdTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"spiffe://example.org/a", "spiffe://a_b-c.1/ns/Prod/sa/x.y-z_0", "spiffe://example.org/.../..a"})
    void names_of_workloads_are_read(String text) {
        assertThat(new SpiffeId(text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "spiffe://",
                "spiffe://example.org",
                "spiffe://example.org/",
                "spiffe://example.org/a/",
                "spiffe://example.org//a",
                "spiffe://Example.org/a",
                "SPIFFE://example.org/a",
                "spiffe://example.org:443/a",
                "spiffe://user@example.org/a",
                "spiffe://example.org/a?b",
                "spiffe://example.org/a#b",
                "spiffe://example.org/./a",
                "spiffe://example.org/../a",
                "spiffe://example.org/%61",
                "spiffe:///a",
                "spiffe://example.org/\u00e9",
                "https://example.org/a"
            })
    void anything_else_is_refused(String text) {
        assertThatThrownBy(() -> new SpiffeId(text)).isInstanceOf(InvalidInput.class);
    }

    @Property
    void the_trust_domain_is_what_stands_before_the_path(
            @ForAll("domains") String domain, @ForAll("segments") String path) {
        assertThat(new SpiffeId("spiffe://" + domain + "/" + path).trustDomain())
                .isEqualTo(domain);
    }

    @Property
    void more_than_2048_characters_are_refused(@ForAll("domains") String domain) {
        var whole = "spiffe://" + domain + "/";
        var longest = whole + "a".repeat(2048 - whole.length());

        assertThat(new SpiffeId(longest).text()).hasSize(2048);
        assertThatThrownBy(() -> new SpiffeId(longest + "a")).isInstanceOf(InvalidInput.class);
    }

    @Provide
    Arbitrary<String> domains() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars("0123456789.-_")
                .ofMinLength(1)
                .ofMaxLength(40);
    }

    @Provide
    Arbitrary<String> segments() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars("ABC_-")
                .ofMinLength(1)
                .ofMaxLength(20);
    }
}
