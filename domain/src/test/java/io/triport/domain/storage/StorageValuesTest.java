package io.triport.domain.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.cursor.StoragePort;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvMetadata;
import io.triport.domain.keyvalue.KvPair;
import io.triport.domain.keyvalue.KvVersion;
import io.triport.domain.keyvalue.NamespaceId;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.testkit.SeededRandomness;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the values of storage accept: each bound from both sides. */
final class StorageValuesTest {
    @Test
    void a_title_has_1_to_512_bytes() {
        assertThat(new NamespaceTitle("t".repeat(512)).bytes().size()).isEqualTo(512);
        assertThat(new NamespaceTitle("\u20AC".repeat(170) + "ab")).hasToString("\u20AC".repeat(170) + "ab");
        for (var bad : List.of("", "t".repeat(513), "\u20AC".repeat(171), "\uD83D")) {
            assertThatThrownBy(() -> new NamespaceTitle(bad)).isInstanceOf(StorageFailure.Rejected.class);
        }
    }

    @Test
    void a_durability_is_written_in_lower_case() {
        assertThat(Durability.values())
                .extracting(Durability::toString)
                .containsExactly("volatile", "process", "durable", "replicated");
    }

    @Test
    void a_namespace_id_is_32_lower_case_hex_digits() {
        var fresh = NamespaceId.fresh(new SeededRandomness(1));

        assertThat(fresh.text()).matches("[0-9a-f]{32}");
        assertThat(fresh)
                .isNotEqualTo(NamespaceId.fresh(new SeededRandomness(2)))
                .hasToString(fresh.text());
        for (var bad : List.of("", "0".repeat(31), "0".repeat(33), "A".repeat(32))) {
            assertThatThrownBy(() -> new NamespaceId(bad)).isInstanceOf(StorageFailure.Rejected.class);
        }
    }

    @Test
    void an_idempotency_key_has_1_to_128_characters_and_no_control_characters() {
        assertThat(new IdempotentCall("a", "b", "k".repeat(128), Bytes.EMPTY).key())
                .hasSize(128);
        for (var bad : List.of("", "k".repeat(129), "a\nb")) {
            assertThatThrownBy(() -> new IdempotentCall("a", "b", bad, Bytes.EMPTY))
                    .isInstanceOf(InvalidInput.class);
        }
    }

    @Test
    void a_version_is_not_negative_and_ordered_by_its_number() {
        assertThat(new KvVersion(2)).isGreaterThan(new KvVersion(1)).isGreaterThan(KvVersion.NONE);
        assertThatThrownBy(() -> new KvVersion(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void conditions_hold_of_the_versions_that_they_are_about() {
        var first = new KvVersion(1);

        assertThat(KvCondition.ANY.holds(first)).isTrue();
        assertThat(KvCondition.ANY.holds(KvVersion.NONE)).isTrue();
        assertThat(KvCondition.IF_ABSENT.holds(KvVersion.NONE)).isTrue();
        assertThat(KvCondition.IF_ABSENT.holds(first)).isFalse();
        assertThat(KvCondition.ifVersion(first).holds(first)).isTrue();
        assertThat(KvCondition.ifVersion(first).holds(new KvVersion(2))).isFalse();
    }

    @Test
    void a_failure_carries_a_code_of_its_kind_alone() {
        assertThat(new StorageFailure.LimitExceeded(FailureCode.THROTTLED, "m")
                        .code()
                        .retry())
                .isEqualTo(FailureCode.Retry.SAFE);
        assertThat(new StorageFailure.Unavailable(FailureCode.OUTCOME_UNKNOWN, "m")
                        .code()
                        .retry())
                .isEqualTo(FailureCode.Retry.UNKNOWN);
        assertThat(new StorageFailure.Corrupt("m").code()).isEqualTo(FailureCode.CORRUPT);
        assertThatThrownBy(() -> new StorageFailure.LimitExceeded(FailureCode.NOT_FOUND, "m"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new StorageFailure.Unavailable(FailureCode.DENIED, "m"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new StorageFailure.Rejected(FailureCode.TOO_LARGE, "m"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void texts_of_keys_and_entries_tell_no_content() {
        assertThat(KvKey.of("geheim")).hasToString("KvKey[6 bytes]");
        assertThat(KvEntry.of("geheim").toString()).doesNotContain("geheim");
        assertThat(KvMetadata.of("\"geheim\"").toString()).doesNotContain("geheim");
    }

    @Test
    void a_pair_is_as_large_as_key_value_and_metadata() {
        var entry = KvEntry.of("value").with(KvMetadata.of("[]"));

        assertThat(new KvPair(KvKey.of("key"), entry).size()).isEqualTo(3 + 5 + 2);
        assertThat(entry.metadata().isNone()).isFalse();
        assertThat(KvMetadata.NONE.isNone()).isTrue();
    }

    @Test
    void ports_read_as_words() {
        assertThat(StoragePort.KEY_VALUE.text()).isEqualTo("key-value");
    }
}
