package io.triport.domain.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.request.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

final class KvKeyPropertyTest {
    @Property
    void text_is_a_key_and_comes_back_or_is_refused_with_the_code_of_its_fault(
            @ForAll @StringLength(max = 600) String text) {
        try {
            assertThat(KvKey.of(text).text()).isEqualTo(text);
            assertThat(KvKey.of(text).bytes().size()).isBetween(1, 512);
        } catch (StorageFailure.LimitExceeded e) {
            assertThat(text.getBytes(StandardCharsets.UTF_8).length).isGreaterThan(512);
            assertThat(e.code()).isEqualTo(FailureCode.KEY_TOO_LONG);
        } catch (StorageFailure.Rejected e) {
            assertThat(text.isEmpty() || text.equals(".") || text.equals("..") || !encodable(text))
                    .isTrue();
            assertThat(e.code()).isEqualTo(FailureCode.BAD_REQUEST);
        }
    }

    @Property
    void arbitrary_bytes_are_a_key_or_refused(@ForAll @Size(max = 600) byte[] bytes) {
        try {
            assertThat(new KvKey(Bytes.copyOf(bytes)).text().getBytes(StandardCharsets.UTF_8))
                    .isEqualTo(bytes);
        } catch (StorageFailure.LimitExceeded | StorageFailure.Rejected e) {
            assertThat(e.code()).isIn(FailureCode.KEY_TOO_LONG, FailureCode.BAD_REQUEST);
        }
    }

    @Property
    void keys_are_ordered_by_their_unsigned_bytes(
            @ForAll @StringLength(max = 20) String one, @ForAll @StringLength(max = 20) String other) {
        if (!encodable(one) || !encodable(other)) {
            return;
        }
        var a = ("k" + one).getBytes(StandardCharsets.UTF_8);
        var b = ("k" + other).getBytes(StandardCharsets.UTF_8);

        assertThat(Integer.signum(KvKey.of("k" + one).compareTo(KvKey.of("k" + other))))
                .isEqualTo(Integer.signum(Arrays.compareUnsigned(a, b)));
    }

    @Property
    void a_prefix_covers_exactly_the_keys_that_begin_with_it(
            @ForAll @Size(max = 6) byte[] prefix, @ForAll @Size(max = 12) byte[] key, @ForAll boolean joined) {
        var whole = joined ? Bytes.copyOf(prefix).concat(Bytes.copyOf(key)) : Bytes.copyOf(key);

        var covers = new KeyPrefix(Bytes.copyOf(prefix)).covers(whole);

        assertThat(covers)
                .isEqualTo(Arrays.equals(prefix, Arrays.copyOf(whole.toByteArray(), prefix.length))
                        && whole.size() >= prefix.length);
        assertThat(covers || !joined).isTrue();
    }

    private static boolean encodable(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}
