package io.triport.storage.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.object.ChecksumAlgorithm;
import io.triport.domain.request.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RunningSumTest {
    /** Of the digits 1 to 9: the check values of the catalogue of parametrised CRC algorithms, and of FIPS 180-4 and RFC 1321. */
    @ParameterizedTest
    @CsvSource({
        "CRC32, cbf43926",
        "CRC32C, e3069283",
        "CRC64NVME, ae8b14860a799888",
        "MD5, 25f9e794323b453885f5181f1b624d0b",
        "SHA1, f7c3bc1d808e04732adf679965ccc34ca7ae3441",
        "SHA256, 15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225"
    })
    void a_known_text_has_its_known_sum(ChecksumAlgorithm algorithm, String expected) {
        var sum = RunningSum.of(algorithm);

        sum.update(ByteBuffer.wrap("123456789".getBytes(StandardCharsets.US_ASCII)));

        assertThat(sum.value()).isEqualTo(Bytes.parseHex(expected));
    }

    @Property
    void where_the_bytes_are_cut_does_not_matter(
            @ForAll ChecksumAlgorithm algorithm, @ForAll byte[] bytes, @ForAll @IntRange(max = 100) int percent) {
        var whole = RunningSum.of(algorithm);
        var cut = RunningSum.of(algorithm);
        var at = bytes.length * percent / 100;

        whole.update(ByteBuffer.wrap(bytes));
        cut.update(ByteBuffer.wrap(bytes, 0, at));
        cut.update(ByteBuffer.wrap(bytes, at, bytes.length - at));

        assertThat(cut.value()).isEqualTo(whole.value());
    }
}
