package io.triport.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.object.PassedFields;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PassingTest {
    @Test
    void what_a_connection_names_as_its_own_goes_no_further() {
        var passed = Passing.answered(List.of(
                Map.entry("Connection", "close, X-Hop"),
                Map.entry("X-Hop", "1"),
                Map.entry("Keep-Alive", "5"),
                Map.entry("X-Amz-Expiration", "tomorrow"),
                Map.entry("X-Twice", "a"),
                Map.entry("x-twice", "b")));

        assertThat(passed).isEqualTo(Map.of("x-amz-expiration", "tomorrow", "x-twice", "a, b"));
    }

    @Test
    void what_the_port_carries_and_what_opens_other_origins_is_not_said_twice() {
        var passed = Passing.answered(List.of(
                Map.entry("ETag", "e"),
                Map.entry("Content-Length", "1"),
                Map.entry("x-amz-meta-a", "1"),
                Map.entry("x-amz-checksum-crc32", "AAAAAA=="),
                Map.entry("Access-Control-Allow-Origin", "*"),
                Map.entry("x-amz-request-id", "theirs")));

        assertThat(passed).isEmpty();
    }

    @Test
    void a_look_at_the_object_has_its_key_and_who_pays_and_nothing_that_only_a_write_may_say() {
        var fields = PassedFields.of(Map.of(
                "x-amz-server-side-encryption", "AES256",
                "x-amz-server-side-encryption-customer-key", "k",
                "x-amz-copy-source-server-side-encryption-customer-key", "s",
                "x-amz-request-payer", "requester"));

        assertThat(Passing.aside(fields).asked())
                .isEqualTo(
                        Map.of("x-amz-server-side-encryption-customer-key", "k", "x-amz-request-payer", "requester"));
        assertThat(Passing.asideOfSource(fields).asked())
                .isEqualTo(
                        Map.of("x-amz-server-side-encryption-customer-key", "s", "x-amz-request-payer", "requester"));
    }
}
