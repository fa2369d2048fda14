package io.triport.domain.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class Sha256Test {
    /** FIPS 180-4's own example. */
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void agrees_with_the_example_of_the_standard_in_each_form() {
        assertThat(Sha256.hex("abc".getBytes(StandardCharsets.UTF_8))).isEqualTo(ABC);
        assertThat(Sha256.of(Bytes.utf8("abc")).toHex()).isEqualTo(ABC);
        assertThat(Sha256.of("abc")).isEqualTo(Bytes.parseHex(ABC).toByteArray());
    }

    @Test
    void parts_with_another_boundary_have_another_digest() {
        assertThat(Sha256.ofParts(Bytes.utf8("ab"), Bytes.utf8("c")))
                .isNotEqualTo(Sha256.ofParts(Bytes.utf8("a"), Bytes.utf8("bc")))
                .isNotEqualTo(Sha256.ofParts(Bytes.utf8("abc")));
    }
}
